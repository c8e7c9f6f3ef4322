package dev.onward.session;

import java.util.Map;
import java.util.Optional;

/** What a person declares: 1 to 10,000 characters, not blank, kept exactly as sent. */
public record Declaration(String text) {
    private static final int LONGEST = 10_000;
    private static final String FIELD = "declaration";

    /** @throws OnboardingException.InvalidField naming {@code declaration} */
    public Declaration {
        if (Text.blank(text)) {
            throw invalid("is blank: send 1 to 10,000 characters that say something");
        }
        if (Text.length(text) > LONGEST) {
            throw invalid("is longer than 10,000 characters: shorten it");
        }
        if (!Text.wellFormed(text)) {
            throw invalid("holds a NUL or half of a surrogate pair: send plain text");
        }
    }

    private static OnboardingException invalid(String problem) {
        return new OnboardingException.InvalidField(FIELD, problem);
    }

    /** A declaration as the answer to a step. */
    static Object answer(String text) {
        return Map.of(FIELD, text);
    }

    /** The text in an answer that a K-Block can be made of: the answer itself, or its {@code declaration}. */
    static Optional<String> in(Object answer) {
        Object text = answer instanceof Map<?, ?> fields ? fields.get(FIELD) : answer;
        return text instanceof String declared ? Optional.of(declared) : Optional.empty();
    }
}
