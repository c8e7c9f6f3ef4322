package dev.onward.transition;

/** What a decision rested on beside the sessions that it changes: it has to be so when it is written. */
public sealed interface Precondition {
    /** Another session stands as it was read. */
    record SessionUnmodified(Session session) implements Precondition {}

    /** A user has no session of a flow that is open or completed. */
    record NoOpenOrCompletedSession(String userId, String flow) implements Precondition {}

    /** A user has no session of a flow to resume: none that is open, completed or dismissed. */
    record NoResumableSession(String userId, String flow) implements Precondition {}
}
