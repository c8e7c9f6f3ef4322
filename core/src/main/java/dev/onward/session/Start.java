package dev.onward.session;

import java.util.Optional;

/**
 * A wish to begin a session.
 *
 * @param flow the id of the flow
 * @param userId whose it is to be; nobody's in particular where empty
 * @param resume whether to go on with what the user has instead, where they have something
 */
public record Start(String flow, Optional<String> userId, boolean resume) {

    /** A new session for nobody in particular. */
    public static Start of(String flow) {
        return new Start(flow, Optional.empty(), false);
    }

    /**
     * The same for a user.
     *
     * @throws OnboardingException.InvalidField naming {@code user_id}
     */
    public Start by(String user) {
        return new Start(flow, Optional.of(Text.requireId("user_id", user)), resume);
    }

    /** The same, but going on with what the user has: their newest open session, else their newest completed one. */
    public Start resuming() {
        return new Start(flow, userId, true);
    }
}
