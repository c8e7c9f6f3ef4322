package dev.onward.assembly;

import dev.onward.model.OnboardingListener;

/**
 * A listener that is to receive events.
 *
 * @param name its cursor's name: 1 to 64 characters
 * @param fromBeginning whether a new cursor begins with the first event that is stored, not with the next one
 */
public record ListenerRegistration(String name, OnboardingListener listener, boolean fromBeginning) {
    private static final int LONGEST_NAME = 64;

    /** @throws IllegalArgumentException if the name breaks the rule */
    public ListenerRegistration {
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a listener's name has 1 to " + LONGEST_NAME + " characters, not all blank");
        }
    }
}
