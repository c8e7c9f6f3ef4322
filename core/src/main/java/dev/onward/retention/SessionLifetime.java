package dev.onward.retention;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import dev.onward.model.OnboardingException;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Predicts when cleanup deletes a session, by the databases' rule.
 *
 * @param flows the current version of a flow decides about its retention
 * @param hours the installation's retention
 * @param cleanupEvery the interval of cleanup: a session stays until the run after its retention
 */
public record SessionLifetime(FlowCatalog flows, RetentionHours hours, Duration cleanupEvery) {

    /** How long a session stays after its last activity; empty if cleanup never deletes it. */
    public Optional<Duration> afterActivity(Onboarding onboarding) {
        Session session = onboarding.session();
        if (session.completed() || session.dismissedAt().isPresent()) {
            return Optional.empty();
        }
        int longest = Math.max(
                hours.value(), current(onboarding.flow()).retentionHours().orElse(0));
        return Optional.of(Duration.ofHours(longest).plus(cleanupEvery));
    }

    /** The current version, or the session's own if it cannot be read, because a prediction must not fail a request. */
    private Flow current(Flow flow) {
        try {
            return flows.find(flow.id()).orElse(flow);
        } catch (FlowUnusableException | OnboardingException e) {
            return flow;
        }
    }

    /** How long a session stays without further activity; at least until the next cleanup run. */
    public Optional<Duration> remaining(Onboarding onboarding, Instant now) {
        Session session = onboarding.session();
        Instant created = session.createdAt();
        Instant active = session.lastActiveAt().filter(created::isBefore).orElse(created);
        return afterActivity(onboarding).map(whole -> {
            Duration left = Duration.between(now, active.plus(whole));
            return left.compareTo(cleanupEvery) > 0 ? left : cleanupEvery;
        });
    }
}
