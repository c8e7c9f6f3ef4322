package dev.onward.server.http;

/** The server cannot listen: the port is in use, or the address does not belong to this machine. */
public final class ListenException extends RuntimeException {
    /** @param cause the operating system's reason */
    ListenException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
