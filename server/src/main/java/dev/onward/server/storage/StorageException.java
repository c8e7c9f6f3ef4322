package dev.onward.server.storage;

/** The data cannot be used. The message is one line that says what is wrong and what to do. */
public final class StorageException extends RuntimeException {
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
