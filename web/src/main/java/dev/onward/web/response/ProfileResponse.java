package dev.onward.web.response;

import dev.onward.model.UserProfile;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The profile of a user. */
public record ProfileResponse(String userId, Optional<Instant> onboardingCompletedAt, Map<String, Instant> flows) {

    public static ProfileResponse of(UserProfile profile) {
        return new ProfileResponse(profile.userId(), profile.onboardingCompletedAt(), profile.flows());
    }
}
