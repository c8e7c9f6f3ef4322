package dev.onward.retention;

import dev.onward.model.CleanupReport;
import dev.onward.session.ConcurrentBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes abandoned sessions. The schedule, the endpoint and the command line all call {@link #run}; the SQL function
 * applies the same rule. Thread-safe; several nodes may run it at once.
 */
public final class AbandonedSessionCleanup {
    /** The maximum number of sessions per transaction. */
    static final int BATCH = 500;

    private final RetentionStore store;
    private final Throttle throttle;

    /** A cleanup that is throttled. */
    public AbandonedSessionCleanup(RetentionStore store) {
        this(store, Throttle.DEFAULT);
    }

    public AbandonedSessionCleanup(RetentionStore store, Throttle throttle) {
        this.store = store;
        this.throttle = throttle;
    }

    /**
     * Deletes all abandoned sessions in batches. If one fails, the earlier batches stay deleted. Each batch continues
     * after the previous one, so a session that is being changed is left for the next run. An interrupt ends the run
     * after the current batch.
     *
     * @return the number of deleted sessions, and the cutoff: sessions without a retention of their flow are deleted if
     * they were created and last active before it
     */
    public CleanupReport run(RetentionHours hours) {
        Instant now = store.now();
        int deleted = 0;
        int limit = BATCH * throttle.batches();
        ConcurrentBatches batches = new ConcurrentBatches("onward-cleanup-", BATCH, throttle.atOnce());
        AbandonedSession last = AbandonedSession.BEFORE_ALL;
        while (true) {
            long startedAt = System.nanoTime();
            List<AbandonedSession> chosen = store.abandoned(now, hours, last, limit);
            deleted += batches.sum(
                    chosen.stream().map(AbandonedSession::id).toList(), batch -> store.delete(batch, now, hours));
            if (chosen.size() < limit || !rested(Duration.ofNanos(System.nanoTime() - startedAt))) {
                return new CleanupReport(deleted, hours.value(), now.minus(Duration.ofHours(hours.value())));
            }
            last = chosen.getLast();
        }
    }

    /** @return false if the thread was interrupted */
    private boolean rested(Duration work) {
        try {
            Thread.sleep(throttle.restAfter(work));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
