package dev.onward.retention;

import java.time.Duration;

/** Deletes expired idempotency records. Thread-safe; several nodes may run it at once. */
public final class IdempotencyRecordCleanup {
    /** The documented 24 hours, plus one for clock differences. */
    static final Duration RETENTION = Duration.ofHours(25);

    /** The maximum number of records per transaction. */
    static final int BATCH = 500;

    private final RetentionStore store;

    public IdempotencyRecordCleanup(RetentionStore store) {
        this.store = store;
    }

    /**
     * Deletes all expired records in batches. If one fails, the earlier batches stay deleted.
     *
     * @return the number of deleted records
     */
    public int run() {
        var before = store.now().minus(RETENTION);
        int deleted = 0;
        while (true) {
            int deletedInBatch = store.deleteIdempotencyRecords(before, BATCH);
            deleted += deletedInBatch;
            if (deletedInBatch < BATCH) {
                return deleted;
            }
        }
    }
}
