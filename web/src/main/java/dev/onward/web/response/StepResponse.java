package dev.onward.web.response;

import dev.onward.model.StepView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step and its state in a session.
 *
 * @param input the JSON Schema of its answer
 */
public record StepResponse(
        String id,
        String title,
        String description,
        boolean optional,
        boolean revisable,
        Optional<String> creates,
        Optional<Map<String, @Nullable Object>> input,
        Map<String, @Nullable Object> ui,
        boolean visible,
        boolean reachable,
        String state,
        boolean done,
        Optional<Object> answer,
        Optional<String> kblockId) {

    public static List<StepResponse> of(List<StepView> steps) {
        return steps.stream().map(StepResponse::of).toList();
    }

    private static StepResponse of(StepView step) {
        return new StepResponse(
                step.id(),
                step.title(),
                step.description(),
                step.optional(),
                step.revisable(),
                step.creates(),
                step.inputSchema(),
                step.ui(),
                step.visible(),
                step.reachable(),
                step.state().code(),
                step.done(),
                step.answer(),
                step.kblockId());
    }
}
