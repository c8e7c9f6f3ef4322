package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.AbandonedCommits;
import dev.onward.jdbc.connection.BorrowedConnection;
import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.transaction.CommitTimeout;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.UncertainCommitException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Borrows a connection from the data source for each piece of work, on the calling thread.
 *
 * <p>Nothing here cancels a statement that commits: a cancel would end PostgreSQL's wait for a synchronous standby, and
 * the server would report success. {@code lock_timeout} limits locks. The network timeout limits the whole, and closes
 * the connection without a cancel.
 */
public final class PostgresConnections implements Connections {
    /**
     * Half of the limit, because the database's clock starts later than the caller's. Sessions of other roles are not
     * visible.
     */
    private static final String COUNT_WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND wait_event = 'SyncRep'
                AND query_start < clock_timestamp() - make_interval(secs => ? / 2000.0)
            """;

    /** Writes to the log without a table, so that the commit waits for the standbys like every write. */
    private static final String WRITE_MARK = "SELECT pg_logical_emit_message(true, 'onward', 'confirm')";

    /**
     * The maximum number of connections for transactions of several statements, which wait for locked rows. Batches
     * never wait for rows, and use the remaining connections.
     */
    public static final int TRANSACTIONS = 4;

    private static final Duration PERMIT_WAIT = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final WriteLimits limits;
    private final Semaphore transactions = new Semaphore(TRANSACTIONS, true);
    private final PoolTimeouts timeouts = new PoolTimeouts();
    private final AbandonedCommits abandoned = new AbandonedCommits(this::countWaiting);

    public PostgresConnections(DataSource dataSource, WriteLimits limits) {
        this.dataSource = dataSource;
        this.limits = limits;
    }

    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        try (BorrowedConnection borrowed = borrow(true)) {
            T result = work.on(borrowed.connection());
            timeouts.answered();
            return result;
        }
    }

    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        acquire(transactions);
        try {
            return transaction(work);
        } finally {
            transactions.release();
        }
    }

    private <T> T transaction(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        acquire(abandoned.permits());
        try (AbandonedCommits.Permit permit = abandoned.permit();
                BorrowedConnection borrowed = borrow(false)) {
            Connection connection = borrowed.connection();
            T result = rollingBack(connection, work);
            return committing(permit, connection, unused -> {
                connection.clearWarnings();
                connection.commit();
                UncertainCommitException.check(connection.getWarnings());
                return result;
            });
        }
    }

    @Override
    public <T> T confirm(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        return write(connection -> {
            T result = work.on(connection);
            execute(connection, WRITE_MARK);
            return result;
        });
    }

    @Override
    public <T> T writeAtOnce(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        acquire(abandoned.permits());
        try (AbandonedCommits.Permit permit = abandoned.permit();
                BorrowedConnection borrowed = borrow(true)) {
            return committing(permit, borrowed.connection(), work);
        }
    }

    /** Waits briefly for a permit, but not while the database cannot be reached. The caller retries. */
    private void acquire(Semaphore permits) throws SQLException {
        Optional<Throwable> outage = timeouts.outage();
        try {
            long wait = outage.isEmpty() ? PERMIT_WAIT.toMillis() : 0;
            if (permits.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("Too many writes are running", outage.orElse(null));
    }

    private BorrowedConnection borrow(boolean autoCommit) throws SQLException {
        return BorrowedConnection.of(connect(), autoCommit);
    }

    private Connection connect() throws SQLException {
        long askedAt = System.nanoTime();
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw timeouts.judge(e, askedAt);
        }
    }

    private <T> T committing(AbandonedCommits.Permit permit, Connection connection, ConnectionCallback<T> commit)
            throws CommitFailedException {
        try {
            if (limits.commitWait().isPositive()) {
                connection.setNetworkTimeout(
                        Runnable::run, Math.toIntExact(limits.commitWait().toMillis()));
            }
            T result = commit.on(connection);
            timeouts.answered();
            return result;
        } catch (SQLException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                permit.abandon();
                throw new CommitFailedException(new CommitTimeout(e));
            }
            throw new CommitFailedException(e);
        }
    }

    private <T> T rollingBack(Connection connection, ConnectionCallback<T> work) throws SQLException {
        boolean done = false;
        try {
            execute(connection, IndexedPlans.begin(limits));
            T result = work.on(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBackQuietly(connection);
            }
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken: closing it rolls back, and the first exception is the useful one.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int countWaiting() throws SQLException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT_WAITING)) {
                statement.setLong(1, limits.commitWait().toMillis());
                return ResultRows.all(statement, row -> row.getInt(1)).getFirst();
            }
        });
    }

    @Override
    public Optional<AbandonedCommits> abandonedCommits() {
        return Optional.of(abandoned);
    }

    @Override
    public void close() {
        abandoned.close();
    }
}
