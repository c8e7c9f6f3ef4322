package dev.onward.session;

import dev.onward.transition.Precondition;
import dev.onward.transition.SessionChange;
import java.util.List;
import java.util.Optional;

/**
 * What is written in one transaction, all of it or nothing.
 *
 * @param changes of different sessions; none where the request had been done before
 * @param preconditions what has to be so beside them; none where there are no changes
 * @param idempotencyRecord what a repeat of the request is answered
 * @param release counts that a session was brought to another version of its flow
 */
public record UnitOfWork(
        List<SessionChange> changes,
        List<Precondition> preconditions,
        Optional<IdempotencyRecord> idempotencyRecord,
        Optional<String> release) {
    public UnitOfWork {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
    }

    public UnitOfWork(List<SessionChange> changes, Optional<IdempotencyRecord> idempotencyRecord) {
        this(changes, List.of(), idempotencyRecord, Optional.empty());
    }

    public static UnitOfWork of(SessionChange change) {
        return new UnitOfWork(List.of(change), Optional.empty());
    }
}
