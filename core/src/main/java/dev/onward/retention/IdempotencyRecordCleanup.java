package dev.onward.retention;

import java.time.Duration;

/** Deletes expired idempotency records. Thread-safe; several nodes may run it at once. */
public final class IdempotencyRecordCleanup {
    /** The documented 24 hours, plus one for clock differences. */
    static final Duration KEPT = Duration.ofHours(25);

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
        var before = store.now().minus(KEPT);
        int deleted = 0;
        while (true) {
            int gone = store.deleteIdempotencyRecords(before, BATCH);
            deleted += gone;
            if (gone < BATCH) {
                return deleted;
            }
        }
    }
}
