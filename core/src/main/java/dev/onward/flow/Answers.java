package dev.onward.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a person did with each step so far, in that order; steps that were not reached are not in it. Immutable. */
public record Answers(Map<String, Answer> byStep) {
    public Answers {
        byStep = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byStep));
    }

    public static Answers none() {
        return new Answers(Map.of());
    }

    /** The answer that was given to a step; empty where it was skipped or is not done. */
    Optional<String> given(String step) {
        return Optional.ofNullable(byStep.get(step)).flatMap(answer -> switch (answer) {
            case Answer.Given(String json) -> Optional.of(json);
            case Answer.Skipped() -> Optional.empty();
        });
    }

    public boolean has(String step) {
        return byStep.containsKey(step);
    }

    /** These, with another one for a step. */
    public Answers with(String step, Answer answer) {
        Map<String, Answer> more = new LinkedHashMap<>(byStep);
        more.put(step, answer);
        return new Answers(more);
    }
}
