package dev.onward.jdbc.connection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits that took longer than {@link WriteLimits#commitWait}. Their callers received an unknown outcome, and their
 * connections were closed without a cancel, so PostgreSQL still waits for its standby, each in its own process. Running
 * writes and abandoned commits share {@link #LIMIT} permits: if all are in use, no further write is sent. Thread-safe.
 */
public final class AbandonedCommits {
    /** The maximum number of running writes and abandoned commits. */
    public static final int LIMIT = 8;

    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);

    /** Counts the commits that have waited for a standby for long. */
    @FunctionalInterface
    public interface Count {
        int read() throws SQLException;
    }

    private final Count count;
    private final Semaphore permits = new Semaphore(LIMIT, true);
    private final AtomicLong total = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    public AbandonedCommits(Count count) {
        this.count = count;
    }

    /** The number of commits that were abandoned since the start. */
    public long total() {
        return total.get();
    }

    /** The number of commits that were still waiting at the last count, about a second ago. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether so many commits wait that no write is sent. */
    public boolean refusesWrites() {
        return waiting() >= LIMIT;
    }

    /** One permit for each running write and for each abandoned commit. */
    public Semaphore permits() {
        return permits;
    }

    /** A permit that was already acquired. The caller closes it after the connection. */
    public Permit permit() {
        return new Permit();
    }

    /** Stops counting. */
    public void close() {
        closed = true;
    }

    private void watch() {
        while (waiting.get() > 0 && !closed) {
            LockSupport.parkNanos(COUNT_EVERY.toNanos());
            recount();
        }
    }

    private synchronized void recount() {
        int before = waiting.get();
        try {
            int ended = Math.max(0, before - count.read());
            waiting.addAndGet(-ended);
            permits.release(ended);
        } catch (SQLException e) {
            // Keep the last count.
        }
    }

    /** The right to send one write. */
    public final class Permit implements AutoCloseable {
        private boolean abandoned;

        /** Keeps the permit until the write's commit has ended. */
        public void abandon() {
            abandoned = true;
            total.incrementAndGet();
            if (waiting.getAndIncrement() == 0) {
                Thread.ofVirtual().name("onward-abandoned-commits").start(AbandonedCommits.this::watch);
            }
        }

        @Override
        public void close() {
            if (!abandoned) {
                permits.release();
            }
        }
    }
}
