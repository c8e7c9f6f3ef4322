package dev.onward.job;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The running background jobs: housekeeping at an interval, and every second the rollout of newly released flow versions,
 * each on a virtual thread of its own. Thread-safe. Any number of nodes may run them on the same database.
 *
 * <p>A run that fails is logged and repeated at its next time. Close this before the database.
 */
public final class BackgroundJobs implements AutoCloseable {
    /** Each run without an open release is one query on an index that is nearly always empty. */
    private static final Duration ROLLOUT_INTERVAL = Duration.ofSeconds(1);

    /** For {@link #start}: runs the jobs as they are. */
    public static final UnaryOperator<BooleanSupplier> UNGUARDED = UnaryOperator.identity();

    private final Schedule housekeeping;
    private final Schedule rollout;

    private BackgroundJobs(Schedule housekeeping, Schedule rollout) {
        this.housekeeping = housekeeping;
        this.rollout = rollout;
    }

    /**
     * Starts both jobs and returns at once. The first run of housekeeping follows a few seconds later.
     *
     * @param interval between the end of one housekeeping run and the start of the next
     * @param guard wraps each job, for example to count failures elsewhere; a job returns whether it has more to do
     */
    public static BackgroundJobs start(
            Housekeeping housekeeping, Duration interval, RolloutJob rollout, UnaryOperator<BooleanSupplier> guard) {
        BooleanSupplier housekeepingRun = guard.apply(() -> {
            housekeeping.runOnce();
            return false;
        });
        BooleanSupplier rolloutRun = guard.apply(() -> rollout.runOnce().more());
        return new BackgroundJobs(
                Schedule.whileThereIsMore("housekeeping", housekeepingRun, interval),
                Schedule.whileThereIsMore("rollout", rolloutRun, ROLLOUT_INTERVAL));
    }

    /** Starts no further run, and waits for the current ones for at most ten seconds each. */
    @Override
    public void close() {
        housekeeping.stop();
        rollout.close();
        housekeeping.close();
    }
}
