package dev.onward.event;

/**
 * A position in the order of all events: after one event, before the next.
 *
 * @param position the position of the last event that was read
 * @param revision the session's revision after that event: it orders events with the same position
 * @param eventId the id of that event
 */
public record EventCursor(long position, long revision, String eventId) {
    /** Before the first event. */
    public static final EventCursor BEGINNING = new EventCursor(0, 0, "");
}
