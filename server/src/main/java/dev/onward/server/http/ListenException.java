package dev.onward.server.http;

/** The server cannot listen where it should: others do, or the address is not this machine's. */
public final class ListenException extends RuntimeException {
    /** @param reason what the operating system says */
    ListenException(String reason) {
        super(reason);
    }
}
