package dev.onward;

import dev.onward.model.CleanupReport;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import java.time.Duration;

/**
 * Deletes abandoned sessions: those that are not completed, not dismissed, and neither created nor active within the
 * retention. Thread-safe; any number of nodes may run it at the same time.
 *
 * <p>It deletes in batches. If it throws {@link dev.onward.model.OnboardingException.StoreUnavailable} or another failure
 * of the database, the batches before are deleted; run it again. Events of deleted sessions stay.
 */
public final class Cleanup {
    private final AbandonedSessionCleanup sessions;
    private final RetentionHours retention;

    Cleanup(AbandonedSessionCleanup sessions, RetentionHours retention) {
        this.sessions = sessions;
        this.retention = retention;
    }

    /**
     * Runs with the retention that {@link OnwardBuilder#retention} set. Blocks until all batches are deleted. A failure
     * keeps the batches that are already deleted.
     *
     * @return how many sessions were deleted
     */
    public CleanupReport runOnce() {
        return sessions.run(retention);
    }

    /**
     * Runs with another retention. Blocks until all batches are deleted. A failure keeps the batches that are already
     * deleted.
     *
     * @param retention whole hours, from 1 hour to ten years; a flow with a longer retention of its own keeps it
     * @return how many sessions were deleted
     * @throws dev.onward.model.OnboardingException.InvalidField if the retention is out of range
     */
    public CleanupReport runOnce(Duration retention) {
        return sessions.run(hours(retention));
    }

    static RetentionHours hours(Duration retention) {
        long hours = retention.toHours();
        boolean whole = Duration.ofHours(hours).equals(retention);
        return new RetentionHours(whole && hours <= Integer.MAX_VALUE ? (int) hours : 0);
    }
}
