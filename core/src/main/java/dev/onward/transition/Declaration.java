package dev.onward.transition;

import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.Violation;
import java.util.Map;
import java.util.Optional;

/** A declaration: 1 to 10,000 characters, not blank, stored exactly as sent. */
public record Declaration(String text) {
    private static final int MAX_CHARACTERS = 10_000;
    private static final String FIELD = "declaration";

    /** @throws OnboardingException.InvalidField naming {@code declaration} */
    public Declaration {
        problem(text).ifPresent(problem -> {
            throw new OnboardingException.InvalidField(FIELD, problem);
        });
    }

    private static Optional<String> problem(String text) {
        if (TextRules.blank(text)) {
            return Optional.of("is blank: send 1 to 10,000 characters");
        }
        if (TextRules.length(text) > MAX_CHARACTERS) {
            return Optional.of("is longer than 10,000 characters: shorten it");
        }
        return TextRules.wellFormed(text)
                ? Optional.empty()
                : Optional.of("contains NUL or an unpaired surrogate: send plain text");
    }

    /** Why an answer contains no valid declaration; empty if it does. */
    static Optional<Violation> violation(Object answer) {
        String pointer = answer instanceof Map<?, ?> ? "/" + FIELD : "";
        Optional<String> text = in(answer);
        return (text.isPresent() ? problem(text.get()) : Optional.of("is missing"))
                .map(problem -> new Violation(pointer, problem));
    }

    /** A declaration as the answer to a step. */
    static Object answer(String text) {
        return Map.of(FIELD, text);
    }

    /** The declaration in an answer: the answer itself, or its field {@code declaration}. */
    static Optional<String> in(Object answer) {
        Object text = answer instanceof Map<?, ?> fields ? fields.get(FIELD) : answer;
        return text instanceof String declared ? Optional.of(declared) : Optional.empty();
    }
}
