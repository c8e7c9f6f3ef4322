package dev.onward.session;

import dev.onward.model.OnboardingException;
import dev.onward.transition.ClaimSecret;
import dev.onward.transition.TextRules;
import java.util.Optional;

/**
 * A request to start a session.
 *
 * @param flow the id of the flow
 * @param userId the user; empty for an anonymous session
 * @param resume whether to resume the user's session, if there is one
 * @param secret what a new session requires besides its id; empty if the id is enough
 */
public record StartRequest(String flow, Optional<String> userId, boolean resume, Optional<ClaimSecret> secret) {

    /** Starts an anonymous session. */
    public static StartRequest of(String flow) {
        return new StartRequest(flow, Optional.empty(), false, Optional.empty());
    }

    /**
     * A copy for a user.
     *
     * @throws OnboardingException.InvalidField naming {@code userId}
     */
    public StartRequest by(String user) {
        return new StartRequest(flow, Optional.of(TextRules.requireId("userId", user)), resume, secret);
    }

    /** A copy that resumes the user's newest open session, otherwise their newest completed one. */
    public StartRequest resuming() {
        return new StartRequest(flow, userId, true, secret);
    }

    /** A copy whose new session requires a secret besides its id. */
    public StartRequest with(Optional<ClaimSecret> required) {
        return new StartRequest(flow, userId, resume, required);
    }
}
