package dev.onward;

import dev.onward.model.ClaimOutcome;
import dev.onward.model.SessionView;
import java.util.List;
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
}
