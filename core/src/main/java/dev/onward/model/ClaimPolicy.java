package dev.onward.model;

import java.util.Locale;

/**
 * What becomes of an anonymous session when the user who claims it has an open one in the same flow. Where they have
 * completed the flow instead, no policy opens it again for them: see each.
 */
public enum ClaimPolicy {
    /** The user's own stays; the anonymous one is superseded by it. The same for a completed one. */
    KEEP_TARGET,
    /**
     * Whichever is further stays, the user's own where they are equal; the other is superseded by it. A completed one is
     * further than one that is not.
     */
    KEEP_FURTHEST,
    /**
     * The user's own stays and takes the answers that it lacks; the anonymous one is superseded by it. A completed one
     * stays completed.
     */
    MERGE_ANSWERS,
    /**
     * The claim throws {@link ConflictException.UserHasOpenSession}, and nothing happens. Beside a completed one, the
     * same as {@link #KEEP_TARGET}.
     */
    FAIL;

    /** {@return the name in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
