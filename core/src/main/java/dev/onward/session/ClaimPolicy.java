package dev.onward.session;

import java.util.Locale;

/** What becomes of an anonymous session when the user who claims it has an open one in the same flow. */
public enum ClaimPolicy {
    /** The user's own stays; the anonymous one is superseded by it. */
    KEEP_TARGET,
    /** Whichever is further stays, the user's own where they are equal; the other is superseded by it. */
    KEEP_FURTHEST,
    /** The user's own stays and takes the answers that it lacks; the anonymous one is superseded by it. */
    MERGE_ANSWERS,
    /** Nothing happens, and the caller is told. */
    FAIL;

    /** The name on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
