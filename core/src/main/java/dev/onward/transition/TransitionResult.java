package dev.onward.transition;

import dev.onward.model.OnboardingException;
import java.util.List;

/** What an action leads to. */
public sealed interface TransitionResult {
    /**
     * It is legal, and has to be written, all of it together.
     *
     * @param result the session to go on with
     * @param preconditions what it rests on beside the sessions that it changes
     */
    record Changed(Onboarding result, List<SessionChange> changes, List<Precondition> preconditions)
            implements TransitionResult {
        public Changed {
            changes = List.copyOf(changes);
            preconditions = List.copyOf(preconditions);
        }

        /** It rests on nothing but the sessions that it changes. */
        Changed(Onboarding result, List<SessionChange> changes) {
            this(result, changes, List.of());
        }
    }

    /** It was done before; the session stands as it should. */
    record Unchanged() implements TransitionResult {}

    /** It is not possible as the session stands. */
    record Rejected(OnboardingException reason) implements TransitionResult {}
}
