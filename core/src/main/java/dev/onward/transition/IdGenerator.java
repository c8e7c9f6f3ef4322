package dev.onward.transition;

import java.time.Instant;

/** Where new ids come from: at most 64 characters each, never the same twice, impossible to guess. Thread-safe. */
@FunctionalInterface
public interface IdGenerator {
    String next();

    /** One that may sort behind all that were given before, which makes it cheap to keep in an index and says the order. */
    default String next(Instant at) {
        return next();
    }

    /** UUIDs from a secure generator: of version 4, and of version 7 (RFC 9562) where they sort. */
    static IdGenerator random() {
        return new UuidGenerator();
    }
}
