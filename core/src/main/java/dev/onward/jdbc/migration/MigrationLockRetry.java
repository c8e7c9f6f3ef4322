package dev.onward.jdbc.migration;

import dev.onward.jdbc.transaction.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;

/**
 * Repeats migrations that did not get a lock in time. Between two tries everybody who queued behind the lock goes on, so
 * the pause is several times as long as the wait for the lock.
 */
final class MigrationLockRetry {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES_PER_LINE = 8;

    private final Transactions transactions;
    private final MigrationDialect dialect;
    private final Consumer<String> lines;

    /** @param lines takes what is waited for, every few seconds */
    MigrationLockRetry(Transactions transactions, MigrationDialect dialect, Consumer<String> lines) {
        this.transactions = transactions;
        this.dialect = dialect;
        this.lines = lines;
    }

    /** Runs until the migrations are through. Ends with what they threw if they fail otherwise, or if interrupted. */
    void run(Runnable migrations) {
        for (int tries = 0; ; tries++) {
            try {
                migrations.run();
                return;
            } catch (FlywayException e) {
                if (!waitedInVain(e) || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            if (tries % TRIES_PER_LINE == 0) {
                holder().ifPresent(holder -> lines.accept("The migration waits for a lock: " + holder));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean waitedInVain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && transactions.dialect().waitedInVain(e)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> holder() {
        return transactions.read(dialect::lockHolder);
    }
}
