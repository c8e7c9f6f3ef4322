package dev.onward.model;

import java.util.List;
import java.util.stream.Collectors;

/** A flow definition breaks its rules. The message lists every error, one a line: file, line, key, what to do. */
public final class FlowFormatException extends RuntimeException {
    /** The errors that {@link #errors} returns. */
    private final transient List<FlowError> errors;

    /**
     * For Onward itself.
     *
     * @param errors at least one
     */
    public FlowFormatException(List<FlowError> errors) {
        super(errors.stream().map(FlowError::text).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** {@return all errors, in the order of the lines} */
    public List<FlowError> errors() {
        return errors;
    }
}
