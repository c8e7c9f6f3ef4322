package dev.onward.server.http.connection;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a connection waits for. */
enum ConnectionPhase {
    /** The next request. */
    IDLE,
    /** The rest of a request's head. */
    HEAD,
    /** The rest of a request's body. */
    BODY,
    /** Onward, to respond. */
    RESPONSE,
    /** The client, to accept the response. */
    WRITE;

    /** Empty if it has none. */
    Optional<Duration> deadline(ConnectionLimits limits) {
        return switch (this) {
            case IDLE -> Optional.of(limits.idle());
            case HEAD -> Optional.of(limits.head());
            case BODY -> Optional.of(limits.body());
            case RESPONSE -> Optional.empty();
            case WRITE -> Optional.of(limits.write());
        };
    }

    /** The value of the metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
