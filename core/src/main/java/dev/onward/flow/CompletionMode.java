package dev.onward.flow;

/** When a session of a flow is completed. */
public enum CompletionMode {
    /** When every visible step is answered or skipped. */
    LAST_STEP,
    /** When the product calls {@code complete}. */
    CALL
}
