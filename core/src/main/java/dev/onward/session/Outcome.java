package dev.onward.session;

import java.util.List;

/** What an action leads to. */
sealed interface Outcome {
    /**
     * It is legal, and has to be written, all of it together.
     *
     * @param result the session to go on with
     */
    record Changed(Journey result, List<Change> changes) implements Outcome {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /** It was done before; the session stands as it should. */
    record Done() implements Outcome {}

    /** It is not possible as the session stands. */
    record Refused(OnboardingException reason) implements Outcome {}
}
