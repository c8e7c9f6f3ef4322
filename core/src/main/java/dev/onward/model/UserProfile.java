package dev.onward.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a user.
 *
 * @param userId the user's id
 * @param onboardingCompletedAt when they first completed a flow that is onboarding; empty for an unknown user
 * @param flows when they first completed each flow
 */
public record UserProfile(String userId, Optional<Instant> onboardingCompletedAt, Map<String, Instant> flows) {
    /** Copies the map. */
    public UserProfile {
        flows = Map.copyOf(flows);
    }
}
