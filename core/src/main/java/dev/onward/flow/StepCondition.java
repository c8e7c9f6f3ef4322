package dev.onward.flow;

import dev.onward.schema.AnswerSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The condition of a step: schemas for the answers to earlier steps. One alternative must match, with all its entries.
 * A step without alternatives is always visible.
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
                                        && answers.submitted(entry.getKey())
                                                .filter(submitted ->
                                                        entry.getValue().isMetBy(submitted.value()))
                                                .isPresent()));
    }
}
