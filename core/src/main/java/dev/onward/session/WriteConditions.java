package dev.onward.session;

import dev.onward.transition.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Conditions and idempotency of a write.
 *
 * @param revisions the accepted revisions of the session; empty accepts any
 * @param keep how to store the result for a retry
 * @param check throws if the caller may not use the session
 * @param <R> the result of the change
 */
public record WriteConditions<R>(
        Optional<Set<Long>> revisions, Optional<Idempotency<R>> keep, Consumer<Session> check) {

    /** Conditions without a check of the caller. */
    public WriteConditions(Optional<Set<Long>> revisions, Optional<Idempotency<R>> keep) {
        this(revisions, keep, session -> {});
    }

    /**
     * @param id identifies the caller, the operation and the key
     * @param fingerprint distinguishes different requests with the same id
     * @param answer converts the result to the text that a retry gets
     */
    public record Idempotency<R>(String id, String fingerprint, Function<R, String> answer) {}

    /** Accepts any revision and stores no result. */
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
