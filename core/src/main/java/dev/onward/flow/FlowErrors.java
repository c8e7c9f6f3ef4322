package dev.onward.flow;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a flow definition, each with its file, line and key. */
final class FlowErrors {
    private final String file;
    private final List<String> errors = new ArrayList<>();

    FlowErrors(String file) {
        this.file = file;
    }

    void add(Node where, String key, String problem) {
        String line =
                where.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        String subject = key.isEmpty() ? "the flow" : key;
        errors.add(file + line + ": " + subject + " " + problem + ".");
    }

    /** @throws FlowFormatException where anything was wrong */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new FlowFormatException(errors);
        }
    }
}
