package dev.onward.session;

import dev.onward.transition.Onboarding;

/** @param resumed whether the session existed before */
public record StartResult(Onboarding onboarding, boolean resumed) {}
