package dev.onward.session;

/** What an action leads to. */
sealed interface Outcome {
    /** The change is legal and has to be written. */
    record Changed(Change change) implements Outcome {}

    /** It was done before; the session stands as it should. */
    record Done() implements Outcome {}

    /** It is not possible as the session stands. */
    record Refused(OnboardingException reason) implements Outcome {}
}
