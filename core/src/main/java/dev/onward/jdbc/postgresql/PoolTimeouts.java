package dev.onward.jdbc.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a full pool from an unreachable database. A pool that times out throws the same exception for both. Its
 * cause is the last failure to connect, which may be over: then the pool is full. Thread-safe.
 */
final class PoolTimeouts {
    /** Too many connections. */
    private static final String IN_USE = "53300";

    private volatile long answeredAt = System.nanoTime();
    private volatile @Nullable Throwable outage;
    private volatile @Nullable Throwable over;

    /** Why the database cannot be reached; empty if it has responded since. */
    Optional<Throwable> outage() {
        return Optional.ofNullable(outage);
    }

    /**
     * The database has just responded. A connection from the pool does not prove that, because it may be an old one.
     */
    void answered() {
        answeredAt = System.nanoTime();
        Throwable ended = outage;
        if (ended != null) {
            over = ended;
            outage = null;
        }
    }

    /**
     * Classifies a failure to get a connection. The interrupt of a caller says nothing about the database.
     *
     * @param askedAt when the pool was called, by {@link System#nanoTime}
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
