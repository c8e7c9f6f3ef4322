package dev.onward.retention;

import java.time.Instant;
import java.util.List;

/** A store that interrupts its caller when it has deleted a batch. */
record InterruptingRetentionStore(RetentionStore store) implements RetentionStore {

    @Override
    public Instant now() {
        return store.now();
    }

    @Override
    public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit) {
        return store.abandoned(asOf, hours, after, limit);
    }

    @Override
    public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
        int deleted = store.delete(ids, asOf, hours);
        Thread.currentThread().interrupt();
        return deleted;
    }

    @Override
    public int deleteIdempotencyRecords(Instant before, int limit) {
        return store.deleteIdempotencyRecords(before, limit);
    }
}
