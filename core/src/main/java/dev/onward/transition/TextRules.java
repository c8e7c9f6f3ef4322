package dev.onward.transition;

import dev.onward.model.OnboardingException;

/** The rules for text from callers before it is stored. */
public final class TextRules {
    /** The maximum length of an id, in code points. */
    public static final int MAX_ID_LENGTH = 64;

    /** White space in Unicode, but not according to the methods of {@link Character}. */
    private static final int NEXT_LINE = 0x85;

    private TextRules() {}

    /** Whether the text contains neither NUL nor an unpaired surrogate, which PostgreSQL cannot store. */
    public static boolean wellFormed(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** Whether the text is empty or contains white space only, no-break spaces included. */
    static boolean blank(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE);
    }

    /** The length in code points: an emoji counts as one. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Checks an id: 1 to 64 characters, well formed, not blank.
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
        if (length(value) > MAX_ID_LENGTH) {
            throw new OnboardingException.InvalidField(field, "is longer than 64 characters");
        }
        if (!wellFormed(value)) {
            throw new OnboardingException.InvalidField(field, "contains NUL or an unpaired surrogate");
        }
        return value;
    }
}
