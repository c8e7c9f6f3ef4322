package dev.onward.session;

import java.util.List;
import java.util.Optional;

/**
 * What is written in one transaction, all of it or nothing.
 *
 * @param changes of different sessions; none where the request had been done before
 * @param premises what has to be so beside them; none where there are no changes
 * @param receipt what a repeat of the request is answered
 * @param release counts that a session was brought to another version of its flow
 */
public record Writing(
        List<Change> changes, List<Premise> premises, Optional<Receipt> receipt, Optional<String> release) {
    public Writing {
        changes = List.copyOf(changes);
        premises = List.copyOf(premises);
    }

    public Writing(List<Change> changes, Optional<Receipt> receipt) {
        this(changes, List.of(), receipt, Optional.empty());
    }

    public static Writing of(Change change) {
        return new Writing(List.of(change), Optional.empty());
    }
}
