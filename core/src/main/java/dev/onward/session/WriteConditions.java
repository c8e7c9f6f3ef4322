package dev.onward.session;

import dev.onward.transition.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a caller asks for beside a change.
 *
 * @param revisions which revisions the session may have; any where it is empty
 * @param keep how the answer is kept for a repeat of the request
 * @param check throws where the caller may not use the session as it stands
 * @param <R> what the change answers
 */
public record WriteConditions<R>(
        Optional<Set<Long>> revisions, Optional<Idempotency<R>> keep, Consumer<Session> check) {

    /** For whoever holds the session's id. */
    public WriteConditions(Optional<Set<Long>> revisions, Optional<Idempotency<R>> keep) {
        this(revisions, keep, session -> {});
    }

    /**
     * @param id says whose request it is, what it asks for, and which one
     * @param fingerprint tells requests under the same id apart
     * @param answer puts an answer into words that a repeat can be answered with
     */
    public record Idempotency<R>(String id, String fingerprint, Function<R, String> answer) {}

    /** Whatever the session's revision is, and nothing is kept. */
    public static <R> WriteConditions<R> none() {
        return new WriteConditions<>(Optional.empty(), Optional.empty());
    }

    boolean allow(Session session) {
        return revisions.isEmpty() || revisions.get().contains(session.revision());
    }

    Optional<IdempotencyRecord> idempotencyRecord(R result, Optional<String> sessionId, String token, Instant now) {
        return keep.map(mode -> new IdempotencyRecord(
                mode.id(), mode.fingerprint(), mode.answer().apply(result), token, sessionId, now));
    }
}
