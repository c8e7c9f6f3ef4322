package dev.onward.server.http.connection;

import java.time.Duration;
import java.util.Locale;

/** What a connection is waiting for. */
enum ConnectionPhase {
    /** The next request. */
    IDLE,
    /** The rest of a request's head. */
    HEAD,
    /** The rest of a request's body. */
    BODY,
    /** That the client accepts the answer. */
    WRITE;

    Duration limit(ConnectionLimits limits) {
        return switch (this) {
            case IDLE -> limits.idle();
            case HEAD -> limits.head();
            case BODY -> limits.body();
            case WRITE -> limits.write();
        };
    }

    /** As metrics show it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
