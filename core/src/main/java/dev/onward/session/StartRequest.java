package dev.onward.session;

import dev.onward.model.OnboardingException;
import dev.onward.transition.TextRules;
import java.util.Optional;

/**
 * A request to start a session.
 *
 * @param flow the id of the flow
 * @param userId the user; empty for an anonymous session
 * @param resume whether to resume the user's session, if there is one
 */
public record StartRequest(String flow, Optional<String> userId, boolean resume) {

    /** Starts an anonymous session. */
    public static StartRequest of(String flow) {
        return new StartRequest(flow, Optional.empty(), false);
    }

    /**
     * A copy for a user.
     *
     * @throws OnboardingException.InvalidField naming {@code userId}
     */
    public StartRequest by(String user) {
        return new StartRequest(flow, Optional.of(TextRules.requireId("userId", user)), resume);
    }

    /** A copy that resumes the user's newest open session, otherwise their newest completed one. */
    public StartRequest resuming() {
        return new StartRequest(flow, userId, true);
    }
}
