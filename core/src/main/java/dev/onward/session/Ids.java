package dev.onward.session;

import java.util.UUID;

/** Where new ids come from: at most 64 characters each, never the same twice, impossible to guess. */
@FunctionalInterface
public interface Ids {
    String next();

    /** UUIDv4 from a secure generator. */
    static Ids random() {
        return () -> UUID.randomUUID().toString();
    }
}
