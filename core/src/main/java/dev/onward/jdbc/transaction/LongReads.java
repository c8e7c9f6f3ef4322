package dev.onward.jdbc.transaction;

import dev.onward.model.OnboardingException;
import dev.onward.session.LongRead;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads many rows with a time limit. Cancels the query in the database at the limit, or as soon as the caller has
 * disconnected.
 */
public record LongReads(Transactions transactions) {
    /** The maximum number of concurrent long reads per node. It leaves most connections to fast calls. */
    static final int MAX_CONCURRENT = 2;

    private static final Duration EVERY = Duration.ofMillis(100);

    /** @throws OnboardingException.ReadCancelled if the read was cancelled */
    public <T> List<T> all(
            LongRead read, String query, IndexedQuery.ParameterSetter setter, ResultRows.Mapper<T> mapper) {
        Dialect dialect = transactions.dialect();
        long since = System.nanoTime();
        waitForTurn(read, since);
        try {
            return transactions.read(connection -> {
                dialect.allowLongRead(connection, read.limit());
                try (PreparedStatement statement = connection.prepareStatement(dialect.longRead(query, read.limit()))) {
                    setter.set(new StatementParameters(statement, dialect));
                    return watched(read, since, statement, mapper);
                }
            });
        } finally {
            transactions.longReads().release();
        }
    }

    private void waitForTurn(LongRead read, long since) {
        long end = since + read.limit().toNanos();
        try {
            boolean acquired;
            do {
                acquired = transactions.longReads().tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (System.nanoTime() - end >= 0 || read.callerGone().getAsBoolean()) {
                    if (acquired) {
                        transactions.longReads().release();
                    }
                    throw new OnboardingException.ReadCancelled(
                            read.limit(), new TimeoutException("Other long reads were running"));
                }
            } while (!acquired);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OnboardingException.ReadCancelled(read.limit(), e);
        }
    }

    private <T> List<T> watched(LongRead read, long since, PreparedStatement statement, ResultRows.Mapper<T> mapper)
            throws SQLException {
        try (LongReadWatchdog watch = LongReadWatchdog.start(read, since, statement)) {
            try (ResultSet row = transactions.dialect().executeLookup(statement)) {
                return ResultRows.all(row, mapper);
            } catch (SQLException e) {
                if (watch.cancelled()) {
                    throw new OnboardingException.ReadCancelled(read.limit(), e);
                }
                throw e;
            }
        }
    }
}
