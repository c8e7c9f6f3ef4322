package dev.onward.retention;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A store that calls a test between choosing and deleting sessions. */
record ObservedRetentionStore(RetentionStore store, Consumer<List<String>> afterChoosing) implements RetentionStore {

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit) {
        List<AbandonedSession> chosen = store.abandoned(asOf, hours, after, limit);
        afterChoosing.accept(chosen.stream().map(AbandonedSession::id).toList());
        return chosen;
    }

    @Override
    public int deleteIdempotencyRecords(Instant before, int limit) {
        return store.deleteIdempotencyRecords(before, limit);
    }

    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        return store.delete(ids, asOf, hours);
    }
}
