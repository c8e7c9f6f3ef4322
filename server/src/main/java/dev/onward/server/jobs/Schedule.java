package dev.onward.server.jobs;

import dev.onward.server.ops.Fault;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job again and again on a thread of its own: soon after the start, then at every interval, until closed. */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** Leaves the first moments to the visitors. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final String name;
    private final BooleanSupplier job;
    private final Duration every;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private Schedule(String name, BooleanSupplier job, Duration every) {
        this.name = name;
        this.job = job;
        this.every = every;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    public static Schedule start(String name, Runnable job, Duration every) {
        return whileThereIsMore(
                name,
                () -> {
                    job.run();
                    return false;
                },
                every);
    }

    /** @param job says whether it shall run again at once */
    public static Schedule whileThereIsMore(String name, BooleanSupplier job, Duration every) {
        Schedule schedule = new Schedule(name, job, every);
        schedule.thread.start();
        return schedule;
    }

    private void loop() {
        Duration pause = every.compareTo(SOON) < 0 ? every : SOON;
        while (!stopsWithin(pause)) {
            pause = runOnce() ? Duration.ZERO : every;
        }
    }

    private boolean stopsWithin(Duration pause) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** A failure waits for the next time. */
    private boolean runOnce() {
        try {
            return job.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.warn("{} failed; it is tried again in {}", name, every, new Fault(e));
            return false;
        }
    }

    /** Waits for a run that is under way. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(LONGEST_STOP)) {
                LOG.warn("{} is still at work; what it has not committed is rolled back", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
