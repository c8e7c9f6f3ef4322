package dev.onward;

/** Onward cannot work with the database or the flows that it was given. The message says what to do. */
public final class OnwardStartException extends RuntimeException {
    OnwardStartException(String message) {
        super(message);
    }

    OnwardStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
