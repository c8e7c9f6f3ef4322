package dev.onward.jdbc;

/** The database cannot be used as it is. The message is one line that says what is wrong and what to do. */
public final class DatabaseException extends RuntimeException {
    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
