package dev.onward.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how long a change is retried while others change the same session: a few seconds, with growing random pauses,
 * so that all of many concurrent callers succeed.
 */
final class RetryDeadline {
    private static final Duration MAX_DURATION = Duration.ofSeconds(4);
    private static final long MAX_PAUSE = Duration.ofMillis(50).toNanos();

    private final long end = System.nanoTime() + MAX_DURATION.toNanos();
    private long pause = Duration.ofMillis(1).toNanos();

    /** Pauses; returns false if the deadline has passed. */
    boolean lasts() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause));
        pause = Math.min(2 * pause, MAX_PAUSE);
        return System.nanoTime() < end && !Thread.currentThread().isInterrupted();
    }
}
