package dev.onward.server.cli;

/** The command failed. The message is one line with the reason and the next action. */
public final class CommandException extends RuntimeException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
