package dev.onward.session;

import java.time.Instant;
import java.util.Optional;

/** A filter for the list of sessions. Empty fields do not restrict it. */
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
