package dev.onward.job;

import dev.onward.logging.ExceptionSummary;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job repeatedly on its own thread: soon after the start, then at every interval, until closed. Thread-safe. */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** The pause before the first run, so that it does not delay the first requests. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /**
     * The minimum pause between runs, however often a schedule is woken: one run handles all events since the last one.
     */
    private static final Duration WAKEABLE_GAP = Duration.ofMillis(10);

    static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Duration> job;
    private final Duration every;
    private final Duration firstPause;
    /** The minimum pause, even if the schedule is woken. */
    private final Duration gap;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;

    /** The number of consecutive failed runs. Used only by the schedule's own thread. */
    private int failures;

    private Schedule(
            String name,
            Supplier<Duration> job,
            Duration every,
            Duration firstPause,
            Duration gap,
            Thread.Builder threadBuilder) {
        this.name = name;
        this.job = job;
        this.every = every;
        this.firstPause = firstPause;
        this.gap = gap;
        this.thread = threadBuilder.name("onward-" + name.replace(' ', '-')).unstarted(this::loop);
    }

    /** Starts a job on a virtual thread. */
    public static Schedule start(String name, Runnable job, Duration every) {
        return whileThereIsMore(
                name,
                () -> {
                    job.run();
                    return false;
                },
                every);
    }

    /**
     * Starts a job on a virtual thread.
     *
     * @param job returns whether to run again immediately
     */
    public static Schedule whileThereIsMore(String name, BooleanSupplier job, Duration every) {
        Duration firstPause = every.compareTo(FIRST_PAUSE) < 0 ? every : FIRST_PAUSE;
        Schedule schedule = new Schedule(
                name,
                () -> job.getAsBoolean() ? Duration.ZERO : every,
                every,
                firstPause,
                Duration.ZERO,
                Thread.ofVirtual());
        schedule.thread.start();
        return schedule;
    }

    /**
     * Starts a job that runs the application's code. It runs on a platform thread, immediately.
     *
     * @param job returns the pause before the next run, unless it is woken earlier
     * @param every the pause after a failed run
     */
    public static Schedule wakeable(String name, Supplier<Duration> job, Duration every) {
        Schedule schedule = new Schedule(
                name,
                job,
                every,
                Duration.ZERO,
                WAKEABLE_GAP,
                Thread.ofPlatform().daemon());
        schedule.thread.start();
        return schedule;
    }

    private void loop() {
        Duration pause = firstPause;
        while (!stopsWithin(pause)) {
            pause = runOnce();
        }
    }

    private boolean stopsWithin(Duration pause) {
        try {
            if (stop.await(gap.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (wakeUps.tryAcquire(pause.minus(gap).toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
            return stop.getCount() == 0;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Retries a failed job at its next time. Of consecutive failures, only the first is logged as a warning. */
    private Duration runOnce() {
        try {
            Duration pause = job.get();
            if (failures > 0) {
                LOG.info("{} works again after {} failed runs", name, failures);
            }
            failures = 0;
            return pause;
        } catch (RuntimeException e) {
            failures++;
            if (failures == 1) {
                LOG.warn("{} failed; it is retried every {}", name, every, new ExceptionSummary(e));
            } else {
                LOG.debug("{} failed {} times in a row", name, failures, new ExceptionSummary(e));
            }
            return every;
        }
    }

    /** Starts the next run now, or as soon as the current one has ended. Does not block. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Starts no further run; does not wait for the current one. */
    void stop() {
        stop.countDown();
        wakeUps.release();
    }

    /**
     * Starts no further run, and waits for the current one for at most ten seconds. After that, a platform thread is
     * interrupted.
     */
    @Override
    public void close() {
        close(STOP_TIMEOUT);
    }

    void close(Duration timeout) {
        stop();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!thread.join(timeout)) {
                LOG.warn("{} is still running; what it has not committed is rolled back", name);
                if (!thread.isVirtual()) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
