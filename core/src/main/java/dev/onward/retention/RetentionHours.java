package dev.onward.retention;

import dev.onward.model.OnboardingException;
import java.util.regex.Pattern;

/** How many hours an open session is kept: a whole number from 1 to 87,600, which is ten years. */
public record RetentionHours(int value) {
    /** The default retention. */
    public static final RetentionHours DEFAULT = new RetentionHours(24);

    private static final int MAX = 87_600;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    /** @throws OnboardingException.InvalidField naming {@code hours} */
    public RetentionHours {
        if (value < 1 || value > MAX) {
            throw invalid();
        }
    }

    /** @throws OnboardingException.InvalidField naming {@code hours} if the text is no such number */
    public static RetentionHours parse(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw invalid();
        }
        return new RetentionHours(Integer.parseInt(text));
    }

    private static OnboardingException invalid() {
        return new OnboardingException.InvalidField("hours", "must be a whole number from 1 to 87600");
    }
}
