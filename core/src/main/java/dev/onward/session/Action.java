package dev.onward.session;

import dev.onward.flow.Flow;
import java.util.Optional;

/** What may be asked of a session. */
sealed interface Action {
    /** Takes a declaration, as the answer to the flow's declaration step. */
    record Declare(Declaration declaration) implements Action {}

    /** Takes an answer to a step, the first one or another. */
    record Submit(String step, Object answer) implements Action {}

    record Skip(String step) implements Action {}

    record Dismiss() implements Action {}

    record Reopen() implements Action {}

    /** Begins anew, in the flow's current version. */
    record Restart(Flow current) implements Action {}

    record Complete() implements Action {}

    /**
     * Makes an anonymous session a user's.
     *
     * @param standing the session that the user has in this flow: open, else completed
     * @param secret what the claimed session takes from then on beside its id
     */
    record Claim(String userId, Optional<Journey> standing, ClaimPolicy policy, Optional<ClaimSecret> secret)
            implements Action {}

    /** Takes an open session over to another version of its flow. */
    record Migrate(Migration to) implements Action {}

    /** Begins an open session anew in another version of its flow, because that version says so. */
    record Replace(Flow by) implements Action {}

    /** Puts an open session aside, because a new version of its flow says so. */
    record Exit() implements Action {}
}
