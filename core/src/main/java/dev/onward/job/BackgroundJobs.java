package dev.onward.job;

import dev.onward.event.EventDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The running background jobs. Thread-safe. Any number of nodes may run them on the same database.
 *
 * <ul>
 *   <li>Housekeeping ({@link Housekeeping}): a few seconds after the start, then at an interval, on a virtual thread.
 *   <li>Rollout ({@link RolloutJob}): every second, on a virtual thread. Without an open release it is one short query.
 *   <li>Delivery to each listener ({@link EventDelivery}): after each commit of this process, and at an interval; on a
 *       platform thread for each listener, because it runs the application's code. A virtual thread extends the leases
 *       of those that are at work.
 * </ul>
 *
 * <p>A run that fails is logged and repeated at its next time. Close this before the database.
 */
public final class BackgroundJobs implements AutoCloseable {
    private static final Duration ROLLOUT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration EXTEND_LEASES_EVERY = EventDelivery.LEASE.dividedBy(4);

    /** For {@link #start}: runs the jobs without a wrapper. */
    public static final UnaryOperator<BooleanSupplier> UNGUARDED = UnaryOperator.identity();

    private final List<EventDelivery> deliveries;
    private final List<Runnable> wakeUps = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();

    private BackgroundJobs(List<EventDelivery> deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * One delivery for each listener.
     *
     * @param every how often they look for events of other processes
     */
    public record Deliveries(List<EventDelivery> all, Duration every) {
        public Deliveries {
            all = List.copyOf(all);
        }

        /** No listeners. */
        public static Deliveries none() {
            return new Deliveries(List.of(), Duration.ofSeconds(1));
        }
    }

    /**
     * Starts all jobs. Does not block.
     *
     * @param interval the time between the end of one housekeeping run and the start of the next
     * @param deliveries one for each listener
     * @param guard wraps housekeeping and rollout, for example to count failures; a job returns whether it has more to
     *     do
     */
    public static BackgroundJobs start(
            Housekeeping housekeeping,
            Duration interval,
            RolloutJob rollout,
            Deliveries deliveries,
            UnaryOperator<BooleanSupplier> guard) {
        BackgroundJobs jobs = new BackgroundJobs(deliveries.all());
        BooleanSupplier housekeepingRun = guard.apply(() -> {
            housekeeping.runOnce();
            return false;
        });
        BooleanSupplier rolloutRun = guard.apply(() -> rollout.runOnce().more());
        jobs.schedules.add(Schedule.whileThereIsMore("housekeeping", housekeepingRun, interval));
        jobs.schedules.add(Schedule.whileThereIsMore("rollout", rolloutRun, ROLLOUT_INTERVAL));
        if (!deliveries.all().isEmpty()) {
            deliveries.all().forEach(delivery -> jobs.start(delivery, deliveries.every()));
            jobs.schedules.add(Schedule.start("listener leases", jobs::extendLeases, EXTEND_LEASES_EVERY));
        }
        return jobs;
    }

    private void start(EventDelivery delivery, Duration every) {
        DeliveryJob job = new DeliveryJob(delivery, every);
        Schedule schedule = Schedule.wakeable("listener " + delivery.name(), job, every);
        schedules.add(schedule);
        wakeUps.add(() -> {
            job.wake();
            schedule.wake();
        });
    }

    private void extendLeases() {
        deliveries.forEach(EventDelivery::extendLease);
    }

    /** Starts delivery now, because this process has committed events. Does not block. */
    public void committed() {
        wakeUps.forEach(Runnable::run);
    }

    /**
     * Starts no further run, delivers no further event, and waits at most ten seconds for current runs and listener
     * calls. Then it interrupts listeners that still run; their event is delivered again.
     */
    @Override
    public void close() {
        deliveries.forEach(EventDelivery::stop);
        schedules.forEach(Schedule::stop);
        long end = System.nanoTime() + Schedule.STOP_TIMEOUT.toNanos();
        for (Schedule schedule : schedules.reversed()) {
            schedule.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }
}
