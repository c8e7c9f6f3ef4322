package dev.onward.transition;

import dev.onward.flow.Flow;
import dev.onward.model.ClaimPolicy;
import java.util.Optional;

/** What may be asked of a session. */
public sealed interface SessionAction {
    /** Takes a declaration, as the answer to the flow's declaration step. */
    record Declare(Declaration declaration) implements SessionAction {}

    /** Takes an answer to a step, the first one or another. */
    record Submit(String step, Object answer) implements SessionAction {}

    record Skip(String step) implements SessionAction {}

    record Dismiss() implements SessionAction {}

    record Reopen() implements SessionAction {}

    /** Begins anew, in the flow's current version. */
    record RestartSession(Flow current) implements SessionAction {}

    record Complete() implements SessionAction {}

    /**
     * Makes an anonymous session a user's.
     *
     * @param ownSession the session that the user has in this flow: open, else completed
     * @param secret what the claimed session takes from then on beside its id
     */
    record Claim(String userId, Optional<Onboarding> ownSession, ClaimPolicy policy, Optional<ClaimSecret> secret)
            implements SessionAction {}

    /** Takes an open session over to another version of its flow. */
    record UpgradeVersion(VersionUpgrade to) implements SessionAction {}

    /** Begins an open session anew in another version of its flow, because that version says so. */
    record Replace(Flow by) implements SessionAction {}

    /** Puts an open session aside, because a new version of its flow says so. */
    record ExitSession() implements SessionAction {}
}
