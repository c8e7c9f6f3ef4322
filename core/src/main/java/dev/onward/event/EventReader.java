package dev.onward.event;

import java.util.List;

/**
 * Reads all events of the installation in one order. Everything that reacts to events uses it. Thread-safe.
 *
 * <p>It returns an event only if no earlier one can still commit, so a reader that follows its cursor misses nothing.
 * Events of one session have the order in which they happened. On PostgreSQL, an open transaction that has written
 * anything, anywhere on the server, delays all readers, but no event is lost.
 */
public interface EventReader {

    /** At most {@code limit} events after a cursor, in order. */
    List<PositionedEvent> after(EventCursor cursor, int limit);

    /** The position after the last event that can be read now. */
    EventCursor latest();
}
