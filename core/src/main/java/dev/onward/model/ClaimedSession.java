package dev.onward.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a claim.
 *
 * @param session the session to continue with
 * @param outcome what the claim did
 * @param superseded the id of the session that it replaces
 * @param merged the steps whose answers were taken over from the anonymous session
 * @param left the steps of the anonymous session whose answers were not taken over
 */
public record ClaimedSession(
        SessionView session,
        ClaimOutcome outcome,
        Optional<String> superseded,
        List<String> merged,
        List<String> left) {
    /** Copies the lists. */
    public ClaimedSession {
        merged = List.copyOf(merged);
        left = List.copyOf(left);
    }

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
}
