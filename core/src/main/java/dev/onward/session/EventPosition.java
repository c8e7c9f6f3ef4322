package dev.onward.session;

/**
 * A place in a session's history, oldest first.
 *
 * @param revision the session's after the event
 * @param rank the order of events of one revision
 * @param step the milestone, or the step that the event is about
 */
public record EventPosition(long revision, int rank, String step) {
    public static final EventPosition BEGINNING = new EventPosition(-1, 0, "");
}
