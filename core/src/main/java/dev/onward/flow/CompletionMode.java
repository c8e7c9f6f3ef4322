package dev.onward.flow;

/** When a session of a flow counts as completed. */
public enum CompletionMode {
    /** As soon as nothing is left: every visible step is answered or skipped. */
    LAST_STEP,
    /** When the product says so. */
    CALL
}
