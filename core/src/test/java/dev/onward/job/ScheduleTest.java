package dev.onward.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ScheduleTest {
    private static final Duration INTERVAL = Duration.ofMillis(1);

    @Test
    void runsAgainAndAgain() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);

        try (Schedule schedule = Schedule.start("test", runs::countDown, INTERVAL)) {
            assertThat(schedule).isNotNull();
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void runsAgainImmediatelyWhileThereIsMoreToDo() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        Duration seldom = Duration.ofHours(1);

        try (Schedule schedule = Schedule.whileThereIsMore(
                "test",
                () -> {
                    runs.countDown();
                    return runs.getCount() > 0;
                },
                seldom)) {
            assertThat(schedule).isNotNull();
            assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void wakingEndsThePause() throws InterruptedException {
        Semaphore runs = new Semaphore(0);
        Duration seldom = Duration.ofHours(1);

        try (Schedule schedule = Schedule.wakeable(
                "test",
                () -> {
                    runs.release();
                    return seldom;
                },
                seldom)) {
            assertThat(runs.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            schedule.wake();
            assertThat(runs.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(runs.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @Test
    void closingInterruptsTheApplicationsCodeAfterATimeout() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Schedule schedule = Schedule.wakeable(
                "a test's endless job",
                () -> {
                    runs.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return Duration.ofHours(1);
                },
                INTERVAL);
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        schedule.close(Duration.ofMillis(50));

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void retriesAFailedRunTheNextTime() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(2);
        Runnable failing = () -> {
            runs.countDown();
            throw new IllegalStateException("the database is away");
        };

        try (Schedule schedule = Schedule.start("a test's failing job", failing, INTERVAL)) {
            assertThat(schedule).isNotNull();
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void logsOnlyTheFirstOfConsecutiveFailuresAndTheRecovery() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(Schedule.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch healed = new CountDownLatch(2);
        Runnable healing = () -> {
            if (runs.incrementAndGet() <= 5) {
                throw new IllegalStateException("it is not there");
            }
            healed.countDown();
        };

        try (Schedule _ = Schedule.start("a test's healing job", healing, INTERVAL)) {
            assertThat(healed.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly(
                        "WARN a test's healing job failed; it is retried every PT0.001S",
                        "INFO a test's healing job works again after 5 failed runs");
    }

    @Test
    void closingWaitsForTheCurrentRun() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Schedule schedule = Schedule.start(
                "test",
                () -> {
                    runs.countDown();
                    await(mayEnd);
                    ended.set(true);
                },
                INTERVAL);
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

        Thread closing = Thread.ofVirtual().start(schedule::close);
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        mayEnd.countDown();

        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void closingDoesNotWaitForTheNextRun() {
        Schedule schedule = Schedule.start("test", () -> {}, Duration.ofDays(1));

        Thread closing = Thread.ofVirtual().start(schedule::close);

        assertThat(joined(closing)).isTrue();
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
