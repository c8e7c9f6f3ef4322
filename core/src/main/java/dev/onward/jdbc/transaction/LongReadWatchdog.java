package dev.onward.jdbc.transaction;

import dev.onward.session.LongRead;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Cancels a statement at its limit or when its caller is gone, from a thread of its own, until it is closed. */
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

    private void run() {
        while (!endedAfterCheck()) {
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    /** A statement that has not begun yet takes no notice of a cancel, so that is repeated. */
    private synchronized boolean endedAfterCheck() {
        if (!closed && (System.nanoTime() - end >= 0 || read.callerGone().getAsBoolean())) {
            cancelled = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                // The connection is lost, which the statement finds out too.
            }
        }
        return closed;
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** From here on nothing is cancelled any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
