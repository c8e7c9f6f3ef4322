package dev.onward.session;

/** What a decision rested on beside the sessions that it changes: it has to be so when it is written. */
public sealed interface Premise {
    /** Another session stands as it was read. */
    record Stands(Session session) implements Premise {}

    /** A user has no session of a flow that is open or completed. */
    record NoneOpenOrCompleted(String userId, String flow) implements Premise {}

    /** A user has no session of a flow to resume: none that is open, completed or dismissed. */
    record NoneToResume(String userId, String flow) implements Premise {}
}
