package dev.onward.session;

/** What a decision rested on beside the sessions that it changes: it has to be so when it is written. */
public sealed interface Premise {
    /** Another session stands as it was read. */
    record Stands(Session session) implements Premise {}

    /** A user has no open session of a flow. */
    record NoneOpen(String userId, String flow) implements Premise {}
}
