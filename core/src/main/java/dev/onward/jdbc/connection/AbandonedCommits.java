package dev.onward.jdbc.connection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits that took longer than {@link WriteLimits#commitWait}. Their callers were told that the outcome is unknown, and
 * their connections were closed without a cancel, so PostgreSQL still waits for its standby, each in a process of its own.
 * Writes that run and abandoned commits share {@link #LIMIT} permits: when all are taken, no further write is sent.
 * Thread-safe.
 */
public final class AbandonedCommits {
    /** How many writes and abandoned commits there are at most. */
    public static final int LIMIT = 8;

    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);

    /** Asks the database how many commits have waited for a standby for long. */
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

    /** How many were abandoned since the start. */
    public long total() {
        return total.get();
    }

    /** How many still waited when the database was last asked, about a second ago. */
    public int waiting() {
        return waiting.get();
    }

    /** Whether so many wait that no write is sent. */
    public boolean refusesWrites() {
        return waiting() >= LIMIT;
    }

    /** One for each write that runs, and for each abandoned commit. */
    public Semaphore permits() {
        return permits;
    }

    /** Stands for a permit that was acquired. The caller closes it after the connection. */
    public Permit permit() {
        return new Permit();
    }

    /** Stops asking the database. */
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
            // The last number stands.
        }
    }

    /** The right to send one write. */
    public final class Permit implements AutoCloseable {
        private boolean abandoned;

        /** The write's commit still waits: its permit is taken until that has ended. */
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
