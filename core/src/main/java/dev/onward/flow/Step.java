package dev.onward.flow;

import dev.onward.kblock.CelebrationWords;
import dev.onward.model.FirstDeclaration.Intensity;
import dev.onward.schema.AnswerSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of a flow.
 *
 * @param revisable whether an answer may be replaced
 * @param when the earlier answers on which it depends
 * @param input the schema of its answer, if it takes one
 * @param creates what is created from its answer, if anything
 * @param celebration the words for each intensity when it is done; for all three or none
 * @param ui hints for front ends, passed on unchanged
 */
public record Step(
        String id,
        String title,
        String description,
        boolean optional,
        boolean revisable,
        StepCondition when,
        Optional<AnswerSchema> input,
        Optional<Artefact> creates,
        Map<Intensity, CelebrationWords> celebration,
        Map<String, @Nullable Object> ui) {

    public Step {
        celebration = Map.copyOf(celebration);
    }

    /** The ids of steps, in order. */
    public static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::id).toList();
    }

    /** The celebration when the step is done; empty words if the flow has none. */
    public CelebrationWords celebration(Intensity intensity) {
        return celebration.getOrDefault(intensity, CelebrationWords.NONE);
    }
}
