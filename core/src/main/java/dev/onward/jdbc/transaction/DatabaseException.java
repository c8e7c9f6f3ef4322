package dev.onward.jdbc.transaction;

/** The database cannot be used. The message is one line that says what is wrong and what to do. */
public final class DatabaseException extends RuntimeException {
    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
