package dev.onward.assembly;

import dev.onward.model.OnboardingListener;

/**
 * A listener for events.
 *
 * @param name its cursor's name: 1 to 64 characters
 * @param fromBeginning whether a new cursor starts at the first stored event instead of the next one
 */
public record ListenerRegistration(String name, OnboardingListener listener, boolean fromBeginning) {
    private static final int MAX_NAME_LENGTH = 64;

    /** @throws IllegalArgumentException if the name is blank or too long */
    public ListenerRegistration {
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "a listener's name has 1 to " + MAX_NAME_LENGTH + " characters, not all blank");
        }
    }
}
