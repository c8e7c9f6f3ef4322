package dev.onward.session;

import java.util.List;
import java.util.Optional;

/**
 * What is written in one transaction, all of it or nothing.
 *
 * @param changes of different sessions; none where the request had been done before
 * @param receipt what a repeat of the request is answered
 * @param release counts that a session was brought to another version of its flow
 */
public record Writing(List<Change> changes, Optional<Receipt> receipt, Optional<String> release) {
    public Writing {
        changes = List.copyOf(changes);
    }

    public Writing(List<Change> changes, Optional<Receipt> receipt) {
        this(changes, receipt, Optional.empty());
    }

    public static Writing of(Change change) {
        return new Writing(List.of(change), Optional.empty());
    }
}
