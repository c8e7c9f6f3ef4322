package dev.onward.server.http;

/** The server cannot listen: the port is in use, or the address does not belong to this machine. */
public final class ListenException extends RuntimeException {
    /** @param reason the operating system's message */
    ListenException(String reason) {
        super(reason);
    }
}
