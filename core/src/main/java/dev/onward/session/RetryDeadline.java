package dev.onward.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long one change is decided anew while others change the same session: a few seconds, with pauses that grow and
 * that chance shortens, so that many callers at once all have their turn.
 */
final class RetryDeadline {
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();

    private final long end = System.nanoTime() + LONGEST.toNanos();
    private long pause = Duration.ofMillis(1).toNanos();

    /** Waits a moment; false where it is time to give up. */
    boolean lasts() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        return System.nanoTime() < end && !Thread.currentThread().isInterrupted();
    }
}
