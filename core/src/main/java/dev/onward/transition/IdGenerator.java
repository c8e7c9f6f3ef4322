package dev.onward.transition;

import java.time.Instant;

/** Generates ids: at most 64 characters, unique, impossible to guess. Thread-safe. */
@FunctionalInterface
public interface IdGenerator {
    String next();

    /** An id that may sort after all earlier ones, which makes it cheap to index. */
    default String next(Instant at) {
        return next();
    }

    /** UUIDs from a secure generator: version 4, or version 7 (RFC 9562) if they sort. */
    static IdGenerator random() {
        return new UuidGenerator();
    }
}
