package dev.onward.session;

import dev.onward.transition.Onboarding;

/** @param resumed whether the session existed before */
public record StartResult(Onboarding onboarding, boolean resumed) {

    /** A copy with the session as it was read or changed afterwards. */
    public StartResult with(Onboarding current) {
        return new StartResult(current, resumed);
    }
}
