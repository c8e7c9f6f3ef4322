package dev.onward.retention;

import java.time.Duration;

/** Deletes idempotency records that nobody has to be answered from any more. Thread-safe; several nodes may run it at once. */
public final class IdempotencyRecordCleanup {
    /** The 24 hours that are promised, and one for clocks that differ. */
    static final Duration KEPT = Duration.ofHours(25);

    /** How many idempotency records one transaction deletes at most. */
    static final int BATCH = 500;

    private final RetentionStore store;

    public IdempotencyRecordCleanup(RetentionStore store) {
        this.store = store;
    }

    /**
     * Deletes all that are old now, batch by batch; a fault keeps the batches before it.
     *
     * @return how many were deleted
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
