package dev.onward.session;

/** What may be asked of a session. */
sealed interface Action {
    record Declare(Declaration declaration) implements Action {}

    record Complete() implements Action {}
}
