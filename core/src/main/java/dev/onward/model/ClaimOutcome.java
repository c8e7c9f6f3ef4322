package dev.onward.model;

import java.util.Locale;

/** What a claim did. */
public enum ClaimOutcome {
    /** The session now belongs to the user. */
    CLAIMED,
    /** It belonged to the user before. */
    ALREADY_YOURS,
    /** The user's own session stays. */
    KEPT_TARGET,
    /** The anonymous session stays, and belongs to the user. */
    KEPT_SOURCE,
    /** The user's own session stays, with the answers that it lacked. */
    MERGED;

    /** {@return the name in JSON} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
