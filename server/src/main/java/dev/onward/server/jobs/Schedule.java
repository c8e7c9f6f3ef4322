package dev.onward.server.jobs;

import dev.onward.web.problem.ExceptionSummary;
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

    /** How many runs have failed in a row; the schedule's own thread alone uses it. */
    private int failures;

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

    /** A failure waits for the next time. Of failures in a row, only the first is logged with its stack. */
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

    /** Waits for a run that is under way. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(LONGEST_STOP)) {
                LOG.warn("{} is still running; its uncommitted work is rolled back", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
