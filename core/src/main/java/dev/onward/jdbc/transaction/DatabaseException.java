package dev.onward.jdbc.transaction;

/** The database cannot be used. The message is one line that names the problem and the fix. */
public final class DatabaseException extends RuntimeException {
    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
