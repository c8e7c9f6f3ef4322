package dev.onward.model;

import java.util.Locale;

/** The state of a session. */
public enum SessionState {
    /** Not completed. A step or {@code complete} moves it on; cleanup deletes it once it is abandoned. */
    OPEN,
    /** The person said not now. Kept until they reopen it. */
    DISMISSED,
    /** Its last step completed it; the product has not called {@code complete} yet. Kept. */
    FINISHED,
    /** The product has called {@code complete}. Kept; what is answered late is still taken. */
    COMPLETED,
    /** Another session stands in its place. Nothing happens to it any more; cleanup deletes it like an open one. */
    SUPERSEDED;

    /** {@return the name in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
