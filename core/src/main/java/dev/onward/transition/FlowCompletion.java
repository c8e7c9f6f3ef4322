package dev.onward.transition;

import java.time.Instant;

/**
 * A user's completion of a flow, for their profile, which stores the first one of each flow.
 *
 * @param onboarding whether it counts for {@code onboarding_completed_at}
 */
public record FlowCompletion(String userId, String flow, Instant at, boolean onboarding) {}
