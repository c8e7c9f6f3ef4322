package dev.onward.model;

import java.util.Locale;

/** What may happen to a session. */
public enum EventType {
    /** It began. */
    STARTED,
    /** A step was done. */
    STEP_DONE,
    /** A step was left out. */
    SKIPPED,
    /** A step that was done was answered anew, or its answer taken back. */
    REVISED,
    /** The person said not now. */
    DISMISSED,
    /** They came back to it. */
    REOPENED,
    /** An anonymous session became a user's, or was merged into this one of theirs. */
    CLAIMED,
    /** It became completed: by its last step or by the product's call, whichever came first. Once. */
    COMPLETED,
    /** The product called {@code complete} on a session that its last step had completed. Once. */
    CONFIRMED,
    /** Another session took its place. */
    SUPERSEDED,
    /** It went over to another version of its flow. */
    MIGRATED,
    /** A new version of its flow put it aside. */
    EXITED,
    /** Cleanup deleted it. */
    DELETED;

    /** {@return the name in the database and in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
