package dev.onward.flow;

import dev.onward.schema.AnswerSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * On what a step depends: schemas that the answers to earlier steps have to meet. Any of the alternatives will do; all
 * entries of an alternative have to hold. A step without alternatives is always asked.
 */
public record StepCondition(List<Map<String, AnswerSchema>> alternatives) {
    public StepCondition {
        alternatives = alternatives.stream().map(Map::copyOf).toList();
    }

    public static StepCondition always() {
        return new StepCondition(List.of());
    }

    /** @param visible the earlier steps whose answers count */
    boolean holds(Answers answers, Set<String> visible) {
        return alternatives.isEmpty()
                || alternatives.stream()
                        .anyMatch(all -> all.entrySet().stream()
                                .allMatch(entry -> visible.contains(entry.getKey())
                                        && answers.given(entry.getKey())
                                                .filter(given ->
                                                        entry.getValue().isMetBy(given.value()))
                                                .isPresent()));
    }
}
