package dev.onward.jdbc.transaction;

import dev.onward.session.LongRead;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels a statement at its time limit or when its caller has disconnected. Uses its own thread until it is closed.
 */
final class LongReadWatchdog implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final LongRead read;
    private final long end;
    private final Statement statement;
    private boolean cancelled;
    private boolean closed;

    private LongReadWatchdog(LongRead read, long since, Statement statement) {
        this.read = read;
        this.end = since + read.limit().toNanos();
        this.statement = statement;
    }

    static LongReadWatchdog start(LongRead read, long since, Statement statement) {
        LongReadWatchdog watch = new LongReadWatchdog(read, since, statement);
        Thread.ofVirtual().name("onward-long-read").start(watch::run);
        return watch;
    }

    /**
     * The first check waits too: PostgreSQL ignores a cancel that arrives before the statement, and its driver sends one
     * cancel for each execution.
     */
    private void run() {
        do {
            LockSupport.parkNanos(EVERY.toNanos());
        } while (!endedAfterCheck());
    }

    /** SQLite ignores a cancel between two steps of a statement, so it is repeated. */
    private synchronized boolean endedAfterCheck() {
        if (!closed && (System.nanoTime() - end >= 0 || read.callerGone().getAsBoolean())) {
            cancelled = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                // The connection is lost; the statement fails too.
            }
        }
        return closed;
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Cancels nothing from now on. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
