package dev.onward.session;

import java.util.List;

/** What an action leads to. */
sealed interface Outcome {
    /**
     * It is legal, and has to be written, all of it together.
     *
     * @param result the session to go on with
     * @param premises what it rests on beside the sessions that it changes
     */
    record Changed(Journey result, List<Change> changes, List<Premise> premises) implements Outcome {
        public Changed {
            changes = List.copyOf(changes);
            premises = List.copyOf(premises);
        }

        /** It rests on nothing but the sessions that it changes. */
        Changed(Journey result, List<Change> changes) {
            this(result, changes, List.of());
        }
    }

    /** It was done before; the session stands as it should. */
    record Done() implements Outcome {}

    /** It is not possible as the session stands. */
    record Refused(OnboardingException reason) implements Outcome {}
}
