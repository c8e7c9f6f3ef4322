package dev.onward.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Deletes abandoned sessions. The schedule, the endpoint and the command line all call {@link #run}; the SQL function
 * applies the same rule. Thread-safe; several nodes may run it at once.
 */
public final class Cleanup {
    /** How many sessions one transaction deletes at most. */
    static final int BATCH = 500;

    private final RetentionStore store;
    private final Throttle throttle;

    /** A gentle one. */
    public Cleanup(RetentionStore store) {
        this(store, Throttle.GENTLE);
    }

    public Cleanup(RetentionStore store, Throttle throttle) {
        this.store = store;
        this.throttle = throttle;
    }

    /**
     * Deletes all that is abandoned now, batch by batch; a fault keeps the batches before it. Each batch goes on behind
     * the one before, so a session that somebody is changing is left to the next run. Ends after a batch where its thread
     * is interrupted.
     *
     * @return what was deleted, and the cutoff: sessions of flows without a retention of their own that were created and
     *     last active before it are gone
     */
    public CleanupReport run(RetentionHours hours) {
        Instant now = store.now();
        int deleted = 0;
        int most = BATCH * throttle.batches();
        AbandonedSession last = AbandonedSession.BEFORE_ALL;
        while (true) {
            long begun = System.nanoTime();
            List<AbandonedSession> chosen = store.abandoned(now, hours, last, most);
            deleted += delete(chosen.stream().map(AbandonedSession::id).toList(), now, hours);
            if (chosen.size() < most || !rested(Duration.ofNanos(System.nanoTime() - begun))) {
                return new CleanupReport(deleted, hours, now.minus(Duration.ofHours(hours.value())));
            }
            last = chosen.getLast();
        }
    }

    private int delete(List<String> chosen, Instant now, RetentionHours hours) {
        Stream<List<String>> batches = chosen.stream().gather(Gatherers.windowFixed(BATCH));
        Function<List<String>, Integer> delete = batch -> store.delete(batch, now, hours);
        // One alone is deleted on the caller's own thread, which may be interrupted.
        return (throttle.atOnce() == 1
                        ? batches.map(delete)
                        : batches.gather(Gatherers.mapConcurrent(throttle.atOnce(), delete)))
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** @return false where the thread shall not go on */
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
