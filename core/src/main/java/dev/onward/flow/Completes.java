package dev.onward.flow;

/** When a session of a flow counts as completed. */
public enum Completes {
    /** As soon as every required step is done. */
    LAST_STEP,
    /** When the product says so. */
    CALL
}
