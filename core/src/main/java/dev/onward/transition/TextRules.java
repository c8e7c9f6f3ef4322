package dev.onward.transition;

import dev.onward.model.OnboardingException;

/** The rule that every text from outside keeps before it may reach a database. */
public final class TextRules {
    /** White space to Unicode, but to none of {@link Character}'s questions. */
    private static final int NEXT_LINE = 0x85;

    private TextRules() {}

    /** Whether the text holds neither NUL nor half of a surrogate pair: PostgreSQL stores neither. */
    public static boolean wellFormed(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** Whether there is nothing in it to see: nothing at all, or white space, of which no-break spaces are a kind. */
    static boolean blank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE);
    }

    /** The length in characters, which are code points: an emoji outside the basic plane is one. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Checks an id from outside: 1 to 64 characters, well formed, not all of them white space.
     *
     * @throws OnboardingException.InvalidField naming {@code field}
     */
    public static String requireId(String field, String value) {
        if (value.isEmpty()) {
            throw new OnboardingException.InvalidField(field, "is empty: leave it out, or use 1 to 64 characters");
        }
        if (blank(value)) {
            throw new OnboardingException.InvalidField(field, "is blank: leave it out, or use 1 to 64 characters");
        }
        if (length(value) > 64) {
            throw new OnboardingException.InvalidField(field, "is longer than 64 characters");
        }
        if (!wellFormed(value)) {
            throw new OnboardingException.InvalidField(field, "contains NUL or an unpaired surrogate");
        }
        return value;
    }
}
