package dev.onward.session;

import dev.onward.model.OnboardingException;
import dev.onward.transition.TextRules;
import java.util.Optional;

/**
 * A wish to begin a session.
 *
 * @param flow the id of the flow
 * @param userId whose it is to be; nobody's in particular where empty
 * @param resume whether to go on with what the user has instead, where they have something
 */
public record StartRequest(String flow, Optional<String> userId, boolean resume) {

    /** A new session for nobody in particular. */
    public static StartRequest of(String flow) {
        return new StartRequest(flow, Optional.empty(), false);
    }

    /**
     * The same for a user.
     *
     * @throws OnboardingException.InvalidField naming {@code user_id}
     */
    public StartRequest by(String user) {
        return new StartRequest(flow, Optional.of(TextRules.requireId("userId", user)), resume);
    }

    /** The same, but going on with what the user has: their newest open session, else their newest completed one. */
    public StartRequest resuming() {
        return new StartRequest(flow, userId, true);
    }
}
