package dev.onward.flow;

import java.util.List;

/** A flow definition breaks its rules. The message lists every error, one a line: file, line, key, what to do. */
public final class FlowFormatException extends RuntimeException {
    private final List<String> errors;

    FlowFormatException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
