package dev.onward.server.cli;

/** A command was called wrongly. The message is one line that says how it is called. */
final class WrongUse extends RuntimeException {
    WrongUse(String message) {
        super(message);
    }
}
