package dev.onward.session;

import dev.onward.transition.Precondition;
import dev.onward.transition.SessionChange;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one transaction writes.
 *
 * @param changes of different sessions; empty if the request had been done before
 * @param preconditions further conditions; empty if there are no changes
 * @param idempotencyRecord the stored response for a retry
 * @param release the release whose counters the move updates
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

    /** The result of writing a {@link UnitOfWork}. */
    public enum CommitResult {
        /** It is committed exactly once, however many attempts were needed. */
        DONE,
        /** A session has changed since it was read; nothing is written. */
        CONFLICT,
        /** The release has ended; nothing is written. */
        RELEASE_ENDED,
        /** The same request was completed by another caller; nothing is written. */
        DUPLICATE
    }
}
