package dev.onward.server.http;

/** The server cannot listen where it should: others do, or the address is not this machine's. */
public final class CannotListen extends RuntimeException {
    /** @param reason what the operating system says */
    CannotListen(String reason) {
        super(reason);
    }
}
