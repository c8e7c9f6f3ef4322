package dev.onward.transition;

/** A condition of a change besides the sessions that it changes. It is checked in the same transaction. */
public sealed interface Precondition {
    /** Another session is unchanged since it was read. */
    record SessionUnmodified(Session session) implements Precondition {}

    /** A user has no open or completed session of a flow. */
    record NoOpenOrCompletedSession(String userId, String flow) implements Precondition {}

    /** A user has no session of a flow to resume: none that is open, completed or dismissed. */
    record NoResumableSession(String userId, String flow) implements Precondition {}
}
