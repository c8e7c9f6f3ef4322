package dev.onward.event;

import java.util.List;

/**
 * Reads all events of the installation in one order. Everything that reacts to events reads them here. Thread-safe.
 *
 * <p>It reads only events behind which no earlier one can still commit, so a reader that goes from cursor to cursor misses
 * nothing. The events of one session come in the order in which they happened. On PostgreSQL, a transaction that is left
 * open after it has written something, anywhere on the server, holds all readers up, and loses nothing.
 */
public interface EventReader {

    /** At most {@code limit} events behind a cursor, in order. */
    List<PositionedEvent> after(EventCursor cursor, int limit);

    /** Behind the last event that can be read now. */
    EventCursor latest();
}
