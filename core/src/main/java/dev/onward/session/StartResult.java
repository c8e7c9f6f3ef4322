package dev.onward.session;

import dev.onward.transition.Onboarding;

/** @param resumed whether the session was there before */
public record StartResult(Onboarding onboarding, boolean resumed) {}
