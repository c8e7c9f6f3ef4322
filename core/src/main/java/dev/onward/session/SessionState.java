package dev.onward.session;

/** Where a session stands. What may happen in each state is decided in {@link Transitions} alone. */
public enum SessionState {
    /** Not completed. A step or {@code complete} moves it on; cleanup deletes it once it is abandoned. */
    OPEN,
    /** Its last step completed it; the product has not called {@code complete} yet. Kept. */
    FINISHED,
    /** The product has called {@code complete}. Kept; a declaration is still taken, once. */
    COMPLETED
}
