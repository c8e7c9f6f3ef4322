package dev.onward.server.http;

import dev.onward.session.Profile;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is known of a user. */
record ProfileView(String userId, Optional<Instant> onboardingCompletedAt, Map<String, Instant> flows) {

    static ProfileView of(Profile profile) {
        return new ProfileView(profile.userId(), profile.onboardingCompletedAt(), profile.flows());
    }
}
