package dev.onward.jdbc.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a pool whose connections are all in use from a database that is away. A pool that gives up waiting throws the same
 * exception for both. Its cause is the last failure to connect, which may be over: then the pool is full. Thread-safe.
 */
final class PoolTimeouts {
    /** Too many connections. */
    private static final String IN_USE = "53300";

    private volatile long answeredAt = System.nanoTime();
    private volatile @Nullable Throwable outage;
    private volatile @Nullable Throwable over;

    /** Why the database cannot be reached; empty if it answered since. */
    Optional<Throwable> outage() {
        return Optional.ofNullable(outage);
    }

    /** The database has just answered. That a pool gave a connection does not say so: it may be one from before. */
    void answered() {
        answeredAt = System.nanoTime();
        Throwable ended = outage;
        if (ended != null) {
            over = ended;
            outage = null;
        }
    }

    /**
     * What the failure to get a connection means. A caller that was interrupted says nothing about the database.
     *
     * @param askedAt when the pool was asked, by {@link System#nanoTime}
     * @return the failure, or one whose SQLSTATE says that all connections are in use
     */
    @SuppressWarnings("ReferenceEquality") // A pool shows the same failure again and again.
    SQLException judge(SQLException failure, long askedAt) {
        Throwable cause = failure.getCause();
        if (cause instanceof InterruptedException) {
            return new SQLTransientConnectionException("Interrupted while waiting for a connection", IN_USE, failure);
        }
        if (failure instanceof SQLTransientConnectionException
                && cause != null
                && (cause.equals(over) || answeredAt - askedAt > 0)) {
            return new SQLTransientConnectionException("All connections of the pool are in use", IN_USE, failure);
        }
        outage = cause;
        return failure;
    }
}
