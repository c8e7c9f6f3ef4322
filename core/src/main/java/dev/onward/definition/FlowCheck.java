package dev.onward.definition;

import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking a flow definition.
 *
 * @param definition empty if there is any error
 * @param errors why it cannot be published, in order of their lines
 * @param warnings likely mistakes that do not prevent publishing, in order of their lines
 */
public record FlowCheck(Optional<FlowDefinition> definition, List<FlowError> errors, List<FlowError> warnings) {

    static FlowCheck unreadable(List<FlowError> errors) {
        return new FlowCheck(Optional.empty(), errors, List.of());
    }

    /** @throws InvalidFlow with the errors */
    public FlowDefinition orElseThrow() {
        return definition.orElseThrow(() -> new InvalidFlow(errors));
    }
}
