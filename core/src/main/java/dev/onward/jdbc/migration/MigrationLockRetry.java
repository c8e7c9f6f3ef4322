package dev.onward.jdbc.migration;

import dev.onward.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;

/**
 * Retries a part of a migration that did not get a lock in time. Between two attempts, the transactions that queued
 * behind the lock continue, so the pause is several times as long as the wait for the lock.
 *
 * @param lines is called every few seconds with what the migration is waiting for
 */
record MigrationLockRetry(Connection connection, MigrationDialect dialect, Consumer<String> lines) {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ATTEMPTS_PER_LINE = 8;

    /** A part that has changed nothing if it fails. */
    @FunctionalInterface
    public interface MigrationPart<T> {
        public T run() throws SQLException, Connections.CommitFailedException;
    }

    /**
     * Runs until the part gets its lock. Throws the part's exception if it fails for another reason, or if interrupted.
     */
    public <T> T run(MigrationPart<T> part) throws SQLException, Connections.CommitFailedException {
        for (int tries = 0; ; tries++) {
            try {
                return part.run();
            } catch (FlywayException | SQLException e) {
                if (!lockedOut(e) || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            if (tries % ATTEMPTS_PER_LINE == 0) {
                dialect.lockHolder(connection)
                        .ifPresent(holder -> lines.accept("The migration waits for a lock: " + holder));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean lockedOut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && dialect.isLockTimeout(e)) {
                return true;
            }
        }
        return false;
    }
}
