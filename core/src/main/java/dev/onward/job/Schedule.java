package dev.onward.job;

import dev.onward.logging.ExceptionSummary;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job repeatedly on a virtual thread: soon after the start, then at every interval, until closed. Thread-safe. */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** The first run starts after this, so that it does not delay the first requests. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final BooleanSupplier job;
    private final Duration every;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** How many runs have failed in a row. Only the schedule's own thread uses it. */
    private int failures;

    private Schedule(String name, BooleanSupplier job, Duration every) {
        this.name = name;
        this.job = job;
        this.every = every;
        this.thread =
                Thread.ofVirtual().name("onward-" + name.replace(' ', '-')).unstarted(this::loop);
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

    /** @param job returns whether it has to run again at once */
    public static Schedule whileThereIsMore(String name, BooleanSupplier job, Duration every) {
        Schedule schedule = new Schedule(name, job, every);
        schedule.thread.start();
        return schedule;
    }

    private void loop() {
        Duration pause = every.compareTo(FIRST_PAUSE) < 0 ? every : FIRST_PAUSE;
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

    /** A failed job runs again at its next time. Of failures in a row, only the first is logged as a warning. */
    private boolean runOnce() {
        try {
            boolean more = job.getAsBoolean();
            if (failures > 0) {
                LOG.info("{} works again after {} failed runs", name, failures);
            }
            failures = 0;
            return more;
        } catch (RuntimeException e) {
            failures++;
            if (failures == 1) {
                LOG.warn("{} failed; it is retried every {}", name, every, new ExceptionSummary(e));
            } else {
                LOG.debug("{} failed {} times in a row", name, failures, new ExceptionSummary(e));
            }
            return false;
        }
    }

    /** Starts no further run; does not wait for the current one. */
    void stop() {
        stop.countDown();
    }

    /** Starts no further run, and waits for the current one for at most ten seconds. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(STOP_TIMEOUT)) {
                LOG.warn("{} is still running; its uncommitted work is rolled back", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
