package dev.onward.flow;

import dev.onward.kblock.CelebrationWords;
import dev.onward.model.Celebration.Intensity;
import dev.onward.schema.AnswerSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a person does.
 *
 * @param revisable whether another answer may replace the one that was given
 * @param when on which earlier answers it depends
 * @param input what its answer has to meet, where it asks for one
 * @param creates what its answer becomes, where it becomes something
 * @param celebration what is said when it is done, by intensity; all three or none
 * @param ui for front ends, handed on untouched
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

    /** The ids of steps, in their order. */
    public static List<String> ids(List<Step> steps) {
        return steps.stream().map(Step::id).toList();
    }

    /** What is said when the step is done; empty words where the flow says nothing. */
    public CelebrationWords celebration(Intensity intensity) {
        return celebration.getOrDefault(intensity, CelebrationWords.NONE);
    }
}
