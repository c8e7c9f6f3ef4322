package dev.onward.event;

/**
 * A place in the order of all events: behind one event, before the next.
 *
 * @param position of the last event that was read
 * @param revision the session's revision after that event: it orders events of one position
 * @param eventId of that event
 */
public record EventCursor(long position, long revision, String eventId) {
    /** Before the first event. */
    public static final EventCursor BEGINNING = new EventCursor(0, 0, "");
}
