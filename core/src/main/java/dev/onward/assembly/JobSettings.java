package dev.onward.assembly;

import dev.onward.job.BackgroundJobs;
import dev.onward.job.JobListener;
import dev.onward.retention.RetentionHours;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Settings of the background jobs.
 *
 * @param retention the hours that open sessions are kept
 * @param housekeepingEvery the time between the end of one housekeeping run and the start of the next
 * @param counter is called with the jobs' results
 * @param guard wraps housekeeping and rollout
 * @param listeners receive events
 * @param deliverEvery how often listeners look for events of other processes
 */
public record JobSettings(
        RetentionHours retention,
        Duration housekeepingEvery,
        JobListener counter,
        UnaryOperator<BooleanSupplier> guard,
        List<ListenerRegistration> listeners,
        Duration deliverEvery) {
    /** The default for {@link #housekeepingEvery}. */
    public static final Duration HOUSEKEEPING_EVERY = Duration.ofHours(1);

    /** The default for {@link #deliverEvery}. */
    public static final Duration DELIVER_EVERY = Duration.ofSeconds(1);

    public JobSettings {
        listeners = List.copyOf(listeners);
    }

    /** The default intervals, without a counter. */
    public static JobSettings of(RetentionHours retention, List<ListenerRegistration> listeners) {
        return new JobSettings(
                retention, HOUSEKEEPING_EVERY, JobListener.NONE, BackgroundJobs.UNGUARDED, listeners, DELIVER_EVERY);
    }
}
