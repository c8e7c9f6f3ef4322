package dev.onward.server.http;

import dev.onward.flow.Artefact;
import dev.onward.flow.Step;
import dev.onward.schema.AnswerSchema;
import java.util.Map;
import java.util.Optional;

/** A step, and whether it is done. */
record StepView(
        String id,
        String title,
        String description,
        boolean optional,
        boolean done,
        Optional<String> creates,
        Optional<Map<String, Object>> input,
        Map<String, Object> ui) {

    static StepView of(Step step, boolean done) {
        return new StepView(
                step.id(),
                step.title(),
                step.description(),
                step.optional(),
                done,
                step.creates().map(Artefact::code),
                step.input().map(AnswerSchema::definition),
                step.ui());
    }
}
