package dev.onward.assembly;

import dev.onward.job.BackgroundJobs;
import dev.onward.job.JobListener;
import dev.onward.retention.RetentionHours;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * How the background jobs run.
 *
 * @param retention of open sessions
 * @param housekeepingEvery between the end of one housekeeping run and the start of the next
 * @param counter receives what the jobs did
 * @param guard wraps housekeeping and rollout
 * @param listeners receive events
 * @param deliverEvery how often listeners look for events that this process has not committed
 */
public record JobSettings(
        RetentionHours retention,
        Duration housekeepingEvery,
        JobListener counter,
        UnaryOperator<BooleanSupplier> guard,
        List<ListenerRegistration> listeners,
        Duration deliverEvery) {
    /** Between two housekeeping runs, unless set. */
    public static final Duration HOUSEKEEPING_EVERY = Duration.ofHours(1);

    /** Between two looks for other processes' events, unless set. */
    public static final Duration DELIVER_EVERY = Duration.ofSeconds(1);

    public JobSettings {
        listeners = List.copyOf(listeners);
    }

    /** Housekeeping every hour, and nobody who counts. */
    public static JobSettings of(RetentionHours retention, List<ListenerRegistration> listeners) {
        return new JobSettings(
                retention, HOUSEKEEPING_EVERY, JobListener.NONE, BackgroundJobs.UNGUARDED, listeners, DELIVER_EVERY);
    }
}
