package dev.onward.web.response;

import dev.onward.flow.Answer;
import dev.onward.flow.Artefact;
import dev.onward.flow.Step;
import dev.onward.flow.VisibleSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A step, and what became of it in a session.
 *
 * @param input the schema that an answer has to meet, as JSON
 */
public record StepResponse(
        String id,
        String title,
        String description,
        boolean optional,
        boolean revisable,
        Optional<String> creates,
        Optional<RawValue> input,
        Map<String, @Nullable Object> ui,
        boolean visible,
        boolean reachable,
        String state,
        boolean done,
        Optional<Object> answer,
        Optional<String> kblockId) {

    public static List<StepResponse> of(List<Step> steps, VisibleSteps visibleSteps) {
        return steps.stream().map(step -> of(step, visibleSteps)).toList();
    }

    private static StepResponse of(Step step, VisibleSteps visibleSteps) {
        Optional<Answer> answer = visibleSteps.answers().of(step.id());
        Optional<Answer.Given> given = visibleSteps.answers().given(step.id());
        return new StepResponse(
                step.id(),
                step.title(),
                step.description(),
                step.optional(),
                step.revisable(),
                step.creates().map(Artefact::code),
                step.input().map(schema -> new RawValue(schema.json())),
                step.ui(),
                visibleSteps.visible(step),
                visibleSteps.reachable(step),
                answer.map(StepResponse::state).orElse("open"),
                visibleSteps.done(step),
                given.map(Answer.Given::value),
                given.flatMap(Answer.Given::kblockId));
    }

    private static String state(Answer answer) {
        return switch (answer) {
            case Answer.Given given -> "done";
            case Answer.Skipped skipped -> "skipped";
        };
    }
}
