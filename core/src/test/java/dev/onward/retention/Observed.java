package dev.onward.retention;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A store that calls a test between choosing and deleting sessions. */
record Observed(RetentionStore store, Consumer<List<String>> afterChoosing) implements RetentionStore {

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int most) {
        List<AbandonedSession> chosen = store.abandoned(asOf, hours, after, most);
        afterChoosing.accept(chosen.stream().map(AbandonedSession::id).toList());
        return chosen;
    }

    @Override
    public int deleteIdempotencyRecords(Instant before, int most) {
        return store.deleteIdempotencyRecords(before, most);
    }

    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        return store.delete(ids, asOf, hours);
    }
}
