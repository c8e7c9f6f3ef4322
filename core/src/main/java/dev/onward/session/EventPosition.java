package dev.onward.session;

/**
 * A position in a session's history, oldest first.
 *
 * @param revision the session's revision after the event
 * @param rank the order of events with the same revision
 * @param step the milestone, or the step of the event
 */
public record EventPosition(long revision, int rank, String step) {
    public static final EventPosition BEGINNING = new EventPosition(-1, 0, "");
}
