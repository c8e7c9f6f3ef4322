package dev.onward.session;

import java.util.Locale;

/** What may happen to a session. */
public enum EventType {
    /** It began. */
    STARTED,
    /** A step was done. */
    STEP_DONE,
    /** It became completed: by its last step or by the product's call, whichever came first. Once. */
    COMPLETED,
    /** The product called {@code complete} on a session that its last step had completed. Once. */
    CONFIRMED,
    /** Cleanup deleted it. */
    DELETED;

    /** The name in the database and on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
