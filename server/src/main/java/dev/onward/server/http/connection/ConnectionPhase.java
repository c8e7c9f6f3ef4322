package dev.onward.server.http.connection;

import java.time.Duration;
import java.util.Locale;

/** What a connection waits for. */
enum ConnectionPhase {
    /** The next request. */
    IDLE,
    /** The rest of a request's head. */
    HEAD,
    /** The rest of a request's body. */
    BODY,
    /** The client, to accept the response. */
    WRITE;

    Duration limit(ConnectionLimits limits) {
        return switch (this) {
            case IDLE -> limits.idle();
            case HEAD -> limits.head();
            case BODY -> limits.body();
            case WRITE -> limits.write();
        };
    }

    /** The value of the metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
