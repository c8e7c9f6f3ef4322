package dev.onward.server.http.connection;

import java.time.Duration;

/**
 * Limits on connections.
 *
 * @param connections how many are served at the same time; each one above that gets 503 and is closed
 * @param bodyBytes the memory for all request bodies, beyond {@link #FREE_BYTES} for each connection
 * @param head the deadline for a request's head, from its first byte, or from the connection for the first request
 * @param body the deadline for a request's body, from the end of the head
 * @param idle how long a connection may stay open without a request
 * @param write how long the client may take to accept one write of a response
 */
public record ConnectionLimits(
        int connections, long bodyBytes, Duration head, Duration body, Duration idle, Duration write) {

    /** What each connection may buffer without a reservation: the largest head, and a typical body. */
    static final int FREE_BYTES = 24 * 1024;

    private static final int SHARE_OF_HEAP = 8;

    /** Longer than the 60 seconds after which most proxies close an idle connection, so that the proxy closes first. */
    private static final Duration IDLE = Duration.ofSeconds(75);

    /** The default deadlines, and an eighth of the heap for bodies. */
    public static ConnectionLimits of(int connections) {
        return new ConnectionLimits(
                connections,
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                IDLE,
                Duration.ofSeconds(60));
    }
}
