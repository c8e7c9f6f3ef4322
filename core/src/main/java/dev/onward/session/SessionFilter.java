package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/** Which sessions of the list are meant; what is empty does not narrow it. */
public record SessionFilter(
        Optional<Boolean> completed,
        Optional<String> userId,
        Optional<String> flow,
        Optional<String> step,
        Optional<Instant> createdBefore) {

    public static SessionFilter all() {
        return new SessionFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
