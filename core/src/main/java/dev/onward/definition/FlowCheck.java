package dev.onward.definition;

import dev.onward.model.FlowError;
import dev.onward.model.FlowFormatException;
import java.util.List;
import java.util.Optional;

/**
 * What a check of a definition that is to be published found.
 *
 * @param definition empty where there is any error
 * @param errors why it cannot be published, in the order of the lines
 * @param warnings what is likely a slip, in the order of the lines: it can be published
 */
public record FlowCheck(Optional<FlowDefinition> definition, List<FlowError> errors, List<FlowError> warnings) {

    static FlowCheck unreadable(List<FlowError> errors) {
        return new FlowCheck(Optional.empty(), errors, List.of());
    }

    /** @throws FlowFormatException listing the errors */
    public FlowDefinition orElseThrow() {
        return definition.orElseThrow(() -> new FlowFormatException(errors));
    }
}
