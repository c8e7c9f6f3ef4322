package dev.onward.transition;

import dev.onward.model.OnboardingException;
import java.util.List;

/** The result of an action. */
public sealed interface TransitionResult {
    /**
     * The action is legal. All changes are written together.
     *
     * @param result the session afterwards
     * @param preconditions what must hold besides the changed sessions
     */
    record Changed(Onboarding result, List<SessionChange> changes, List<Precondition> preconditions)
            implements TransitionResult {
        public Changed {
            changes = List.copyOf(changes);
            preconditions = List.copyOf(preconditions);
        }

        /** A change without further preconditions. */
        Changed(Onboarding result, List<SessionChange> changes) {
            this(result, changes, List.of());
        }
    }

    /** The action was done before; nothing changes. */
    record Unchanged() implements TransitionResult {}

    /** The action is not possible in the session's current state. */
    record Rejected(OnboardingException reason) implements TransitionResult {}
}
