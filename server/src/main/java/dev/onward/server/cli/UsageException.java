package dev.onward.server.cli;

/** A command was called wrongly. The message is one line that says how it is called. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
