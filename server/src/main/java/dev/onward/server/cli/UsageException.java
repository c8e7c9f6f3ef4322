package dev.onward.server.cli;

/** A usage error. The message is one line with the correct usage. */
public final class UsageException extends RuntimeException {
    public UsageException(String message) {
        super(message);
    }
}
