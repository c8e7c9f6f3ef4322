package dev.onward.model;

/**
 * A flow in its current version.
 *
 * @param id the flow's id
 * @param version the version that new sessions follow
 * @param title the flow's title
 * @param onboarding whether completing it sets {@code onboardingCompletedAt} of the user's profile
 * @param steps how many steps it has
 */
public record FlowSummary(String id, int version, String title, boolean onboarding, int steps) {}
