package dev.onward.model;

import dev.onward.transition.Transitions;
import java.util.Locale;

/** Where a session stands. What may happen in each state is decided in {@link Transitions} alone. */
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

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
