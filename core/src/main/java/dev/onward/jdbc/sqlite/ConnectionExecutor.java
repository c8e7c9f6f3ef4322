package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.connection.BorrowedConnection;
import dev.onward.jdbc.connection.Connections.CommitFailedException;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.DatabaseFileChangedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A fixed number of platform threads, each with its own connection. Callers wait for them. Thread-safe. */
final class ConnectionExecutor implements AutoCloseable {
    private static final int MAX_WAITING = 4096;

    /**
     * From this number of attempts on, a connection caches its statements. Before, the cost of the cache would delay
     * the start.
     */
    private static final int ATTEMPTS_BEFORE_CACHING = 100;

    /** One attempt at some work. */
    @FunctionalInterface
    interface Attempt<T> {
        T on(Connection connection) throws SQLException, CommitFailedException;
    }

    private final DataSource dataSource;
    private final SqliteDialect dialect;
    private final ExecutorService threads;
    private final BlockingDeque<ConnectionSlot> idle = new LinkedBlockingDeque<>();

    private final SqliteFiles files;
    private final Check before;

    /** A check before each attempt. */
    @FunctionalInterface
    interface Check {
        void run() throws SQLException;
    }

    ConnectionExecutor(
            String name, int size, DataSource dataSource, SqliteDialect dialect, SqliteFiles files, Check before) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.files = files;
        this.before = before;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    <T> T run(Attempt<T> attempt) throws SQLException, CommitFailedException {
        try {
            return result(threads.submit(() -> attempt(attempt)));
        } catch (RejectedExecutionException e) {
            throw new SQLException(
                    "SQLite is closed, or too many callers are waiting for it", SqliteDialect.OVERLOADED, e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    /** Waits even if interrupted: the work continues, and a caller that left could not report the outcome. */
    private static <T> T result(Future<T> work) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T attempt(Attempt<T> attempt) throws SQLException, CommitFailedException {
        before.run();
        ConnectionSlot free = idle.pollFirst();
        ConnectionSlot slot = free == null ? open() : free;
        boolean usable = false;
        try {
            T result = attempt.on(slot.connection());
            usable = true;
            return result;
        } catch (SQLException e) {
            usable = dialect.fault(e) != DatabaseFault.LOST;
            throw e;
        } catch (CommitFailedException e) {
            // When SQLite closes a deleted file, it writes that file's content into the database's, so keep it open.
            usable = e.reason() instanceof DatabaseFileChangedException;
            throw e;
        } finally {
            if (usable) {
                idle.addFirst(slot);
            } else {
                close(slot);
            }
        }
    }

    private ConnectionSlot open() throws SQLException {
        BorrowedConnection borrowed = BorrowedConnection.of(dataSource.getConnection(), true);
        boolean prepared = false;
        try {
            SqliteSettings found = SqliteSettings.apply(borrowed.connection());
            files.opened(borrowed.connection());
            prepared = true;
            return new ConnectionSlot(borrowed, found);
        } finally {
            if (!prepared) {
                borrowed.close();
            }
        }
    }

    private void close(ConnectionSlot slot) {
        slot.close();
        files.closed();
    }

    private static SQLException rethrown(ExecutionException e) throws SQLException, CommitFailedException {
        switch (e.getCause()) {
            case SQLException failure -> throw failure;
            case CommitFailedException failure -> throw failure;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> throw new IllegalStateException(e);
        }
    }

    /** Waits for submitted work, then closes the connections. */
    @Override
    public void close() {
        threads.close();
        for (ConnectionSlot slot = idle.pollFirst(); slot != null; slot = idle.pollFirst()) {
            close(slot);
        }
    }

    /** A connection that one thread after the other uses. */
    private static final class ConnectionSlot {
        private final BorrowedConnection borrowed;
        private final SqliteSettings found;
        private Connection connection;
        private int attempts;

        ConnectionSlot(BorrowedConnection borrowed, SqliteSettings found) {
            this.borrowed = borrowed;
            this.found = found;
            this.connection = borrowed.connection();
        }

        /** Returns the connection for one more attempt. */
        Connection connection() {
            attempts++;
            if (attempts == ATTEMPTS_BEFORE_CACHING) {
                connection = StatementCache.of(connection);
            }
            return connection;
        }

        void close() {
            try (borrowed) {
                found.restore();
            } catch (SQLException e) {
                // The connection is broken and discarded.
            }
        }
    }
}
