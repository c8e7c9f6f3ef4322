package dev.onward.transition;

import dev.onward.flow.Flow;
import dev.onward.model.ClaimPolicy;
import java.util.Optional;

/** An action on a session. */
public sealed interface SessionAction {
    /** Submits a declaration as the answer to the flow's declaration step. */
    record Declare(Declaration declaration) implements SessionAction {}

    /** Submits an answer to a step, the first one or a revised one. */
    record Submit(String step, Object answer) implements SessionAction {}

    record Skip(String step) implements SessionAction {}

    record Dismiss() implements SessionAction {}

    record Reopen() implements SessionAction {}

    /** Starts over in the flow's current version. */
    record RestartSession(Flow current) implements SessionAction {}

    record Complete() implements SessionAction {}

    /**
     * Assigns an anonymous session to a user.
     *
     * @param ownSession the user's session of this flow: the open one, otherwise the completed one
     * @param secret what the claimed session requires besides its id from then on
     */
    record Claim(String userId, Optional<Onboarding> ownSession, ClaimPolicy policy, Optional<ClaimSecret> secret)
            implements SessionAction {}

    /** Moves an open session to another version of its flow. */
    record UpgradeVersion(VersionUpgrade to) implements SessionAction {}

    /** Replaces an open session with a new one of another version of its flow, because that version says so. */
    record Replace(Flow by) implements SessionAction {}

    /** Dismisses an open session, because a new version of its flow says so. */
    record ExitSession() implements SessionAction {}
}
