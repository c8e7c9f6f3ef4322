package dev.onward.server.storage;

/** The database cannot be used. The message is one line with the reason and the next action. */
public final class StorageException extends RuntimeException {
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
