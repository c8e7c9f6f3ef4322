package dev.onward.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes abandoned sessions. The schedule, the endpoint and the command line all call {@link #run}; the SQL function
 * applies the same rule. Thread-safe; several nodes may run it at once.
 */
public final class Cleanup {
    /** How many sessions one transaction deletes at most. */
    static final int BATCH = 500;

    private final RetentionStore store;

    public Cleanup(RetentionStore store) {
        this.store = store;
    }

    /**
     * Deletes all that is abandoned now, batch by batch; a fault keeps the batches before it.
     *
     * @return what was deleted, and the cutoff: sessions of flows without a retention of their own that were created
     *     before it are gone
     */
    public CleanupReport run(RetentionHours hours) {
        Instant now = store.now();
        int deleted = 0;
        while (true) {
            List<String> chosen = store.abandoned(now, hours, BATCH);
            int gone = chosen.isEmpty() ? 0 : store.delete(chosen, now, hours);
            if (gone == 0) {
                return new CleanupReport(deleted, hours, now.minus(Duration.ofHours(hours.value())));
            }
            deleted += gone;
        }
    }
}
