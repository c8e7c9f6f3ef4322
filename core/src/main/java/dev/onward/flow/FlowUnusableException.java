package dev.onward.flow;

/**
 * A published version of a flow cannot be used: it is damaged, or a newer Onward wrote it. The message is for the
 * operator.
 */
public final class FlowUnusableException extends RuntimeException {
    private final String flow;

    public FlowUnusableException(String flow, String message) {
        super(message);
        this.flow = flow;
    }

    /** The flow's id. */
    public String flow() {
        return flow;
    }
}
