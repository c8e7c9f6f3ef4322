package dev.onward.session;

/** What a person declares: 1 to 10,000 characters, not blank, kept exactly as sent. */
public record Declaration(String text) {
    private static final int LONGEST = 10_000;

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
        return new OnboardingException.InvalidField("declaration", problem);
    }
}
