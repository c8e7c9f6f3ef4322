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

/** A fixed number of platform threads that work on connections of their own; callers wait. Thread-safe. */
final class ConnectionExecutor implements AutoCloseable {
    private static final int MOST_WAITING = 4096;

    /** So often used, a connection keeps its statements from then on. What it takes for that, a start shall not wait for. */
    private static final int MANY = 100;

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

    /** What is checked before each attempt. */
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
                new ArrayBlockingQueue<>(MOST_WAITING),
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

    /** Waits also when interrupted: the work goes on, and whoever left could not say what became of it. */
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
        ConnectionSlot place = free == null ? open() : free;
        boolean usable = false;
        try {
            T result = attempt.on(place.connection());
            usable = true;
            return result;
        } catch (SQLException e) {
            usable = dialect.fault(e) != DatabaseFault.LOST;
            throw e;
        } catch (CommitFailedException e) {
            // What SQLite has in a file that was deleted, it writes into the database's when it is closed in the end.
            usable = e.reason() instanceof DatabaseFileChangedException;
            throw e;
        } finally {
            if (usable) {
                idle.addFirst(place);
            } else {
                close(place);
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

    private void close(ConnectionSlot place) {
        place.close();
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

    /** Finishes what was handed over, then closes the connections. */
    @Override
    public void close() {
        threads.close();
        for (ConnectionSlot place = idle.pollFirst(); place != null; place = idle.pollFirst()) {
            close(place);
        }
    }

    /** A connection that is worked on by one thread after the other. */
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

        /** For one more attempt. */
        Connection connection() {
            attempts++;
            if (attempts == MANY) {
                connection = StatementCache.of(connection);
            }
            return connection;
        }

        void close() {
            try (borrowed) {
                found.restore();
            } catch (SQLException e) {
                // It is broken, and given up.
            }
        }
    }
}
