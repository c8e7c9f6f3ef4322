package dev.onward.jdbc;

import dev.onward.analytics.AnalyticsStore;
import dev.onward.event.EventCursors;
import dev.onward.event.EventReader;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.AbandonedCommits;
import dev.onward.jdbc.connection.BorrowedConnection;
import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.migration.LegacyRows;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.postgresql.PostgresBackend;
import dev.onward.jdbc.postgresql.SchemaDataSource;
import dev.onward.jdbc.sqlite.SqliteBackend;
import dev.onward.jdbc.store.Backend;
import dev.onward.jdbc.store.CommitSignal;
import dev.onward.jdbc.store.JdbcAnalyticsStore;
import dev.onward.jdbc.store.JdbcEventCursors;
import dev.onward.jdbc.store.JdbcEventReader;
import dev.onward.jdbc.store.JdbcFlowStore;
import dev.onward.jdbc.store.JdbcReleaseStore;
import dev.onward.jdbc.store.JdbcSessionStore;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.jdbc.transaction.ExclusiveDataSource;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.publishing.FlowStore;
import dev.onward.publishing.ReleaseStore;
import dev.onward.retention.RetentionStore;
import dev.onward.session.LongRead;
import dev.onward.session.SessionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Onward's database: SQLite or PostgreSQL, depending on the data source. Thread-safe.
 *
 * <p>The caller owns the data source and closes it after this. On SQLite, this keeps its own connections and threads.
 */
public final class Database implements AutoCloseable {
    private final String product;
    private final DataSource dataSource;
    private final Backend backend;
    private final Connections connections;
    private final Transactions transactions;
    private final JdbcSessionStore sessions;
    private final CommitSignal commits = new CommitSignal();

    private Database(OpenedDatabase opened, DataSource dataSource, BatchSettings batching, List<Path> lockFiles) {
        this.product = opened.product();
        this.dataSource = dataSource;
        this.backend = opened.backend();
        this.connections = backend.connections(dataSource, lockFiles);
        this.transactions = new Transactions(connections, backend.dialect());
        this.sessions = JdbcSessionStore.batching(transactions, backend, batching, commits);
    }

    /**
     * Connects and detects the database product.
     *
     * @throws DatabaseException if the database cannot be reached, or if its product is not supported
     */
    public static Database open(DataSource dataSource) {
        return open(dataSource, BatchSettings.defaults());
    }

    /**
     * Connects to one schema of a PostgreSQL database.
     *
     * @param create whether to create the schema if it does not exist
     * @throws DatabaseException as {@link #open(DataSource)}, and if the database is not PostgreSQL
     */
    public static Database openInSchema(DataSource dataSource, String schema, boolean create) {
        OpenedDatabase opened = opened(dataSource, WriteLimits.forServing());
        if (!(opened.backend() instanceof PostgresBackend)) {
            throw new DatabaseException("Only PostgreSQL has schemas: leave the schema out.");
        }
        if (create) {
            createSchema(opened.connections(), schema);
        }
        return new Database(
                opened, new SchemaDataSource(opened.connections(), schema), BatchSettings.defaults(), List.of());
    }

    private static void createSchema(DataSource dataSource, String schema) {
        try (BorrowedConnection borrowed = BorrowedConnection.of(dataSource.getConnection(), true);
                Statement statement = borrowed.connection().createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static DatabaseException unreachable(SQLException e) {
        return new DatabaseException(
                "The database cannot be opened: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + " Check that it is running, its address, and the user's rights.",
                e);
    }

    /** Connects with custom batch settings. */
    public static Database open(DataSource dataSource, BatchSettings batching) {
        return open(dataSource, batching, List.of());
    }

    /**
     * Connects to a database that other processes lock by files.
     *
     * @param lockFiles if one of them is deleted or replaced, the SQLite file is no longer used
     */
    public static Database open(DataSource dataSource, BatchSettings batching, List<Path> lockFiles) {
        return open(dataSource, batching, lockFiles, WriteLimits.forServing());
    }

    /** Connects with custom limits for writes. Only PostgreSQL has such limits. */
    public static Database open(
            DataSource dataSource, BatchSettings batching, List<Path> lockFiles, WriteLimits limits) {
        OpenedDatabase opened = opened(dataSource, limits);
        return new Database(opened, opened.connections(), batching, lockFiles);
    }

    /** @param connections never returns a connection in a transaction of its caller */
    private record OpenedDatabase(String product, Backend backend, DataSource connections) {}

    /** Uses a new thread, which no transaction of the caller can reach, so the auto-commit mode is the pool's own. */
    private static OpenedDatabase opened(DataSource dataSource, WriteLimits limits) {
        ExclusiveDataSource.requireNotJoining(dataSource);
        FutureTask<OpenedDatabase> opening = new FutureTask<>(() -> open(dataSource, limits));
        Thread.ofPlatform().name("onward-open").daemon().start(opening);
        return result(opening);
    }

    private static OpenedDatabase open(DataSource dataSource, WriteLimits limits) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            String name = about.getDatabaseProductName();
            String product = name + " " + about.getDatabaseProductVersion().split(" ", -1)[0];
            Backend backend = backend(name, limits);
            return new OpenedDatabase(
                    product,
                    backend,
                    new ExclusiveDataSource(dataSource, backend.dialect(), connection.getAutoCommit()));
        }
    }

    private static OpenedDatabase result(FutureTask<OpenedDatabase> opening) {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Interrupted while the database was being opened.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw unreachable(failure);
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private static Backend backend(String product, WriteLimits limits) {
        return switch (product) {
            case "PostgreSQL" -> new PostgresBackend(limits);
            case "SQLite" -> new SqliteBackend();
            default -> throw new DatabaseException(product + " is not supported: use SQLite or PostgreSQL.");
        };
    }

    /** The product's name and version, for people: {@code PostgreSQL 18.1}. */
    public String product() {
        return product;
    }

    public Migrations migrations() {
        return new Migrations(dataSource, backend.dialect(), backend.migrations(), backend.backfill());
    }

    private LegacyRows legacyRows() {
        return new LegacyRows(transactions, backend.backfill());
    }

    public SessionStore sessions() {
        return sessions;
    }

    /** A store that works in a transaction that the caller began on this connection and will end. Not thread-safe. */
    public SessionStore sessions(Connection connection) {
        String setup = dataSource instanceof SchemaDataSource schema ? schema.enterSchema() : "";
        return JdbcSessionStore.direct(Transactions.within(connection, backend.dialect(), setup), backend);
    }

    public RetentionStore retention() {
        return backend.retention(transactions);
    }

    public AnalyticsStore analytics() {
        return new JdbcAnalyticsStore(transactions);
    }

    public ReleaseStore releases() {
        return new JdbcReleaseStore(transactions);
    }

    public FlowStore flows() {
        return new JdbcFlowStore(transactions);
    }

    /** Reads all events in one order. */
    public EventReader eventReader() {
        return new JdbcEventReader(transactions);
    }

    /** The stored positions of event readers, by name. */
    public EventCursors eventCursors() {
        return new JdbcEventCursors(transactions);
    }

    /**
     * Runs an action after each commit of this process that wrote events, except in {@link #sessions(Connection)}.
     *
     * @param action runs on the thread of the caller that wrote: it must neither block nor throw
     */
    public void onCommit(Runnable action) {
        commits.add(action);
    }

    /**
     * Writes the missing events and profiles of sessions that other software wrote, in bounded batches.
     *
     * @return the number of backfilled sessions
     */
    public int backfill() {
        return legacyRows().backfillAll();
    }

    /**
     * Deletes the K-Blocks of sessions that other software deleted, in bounded batches.
     *
     * @return the number of sessions whose K-Blocks were deleted
     */
    public int deleteOrphans() {
        return backend.deleteOrphans(transactions);
    }

    /** The number of sessions that {@link #backfill} would change. Reads all sessions, so it is slow. */
    public long waiting() {
        return legacyRows().waiting(LongRead.forWork());
    }

    /** Commits that took too long, for example because a synchronous standby does not respond; empty on SQLite. */
    public Optional<AbandonedCommits> abandonedCommits() {
        return connections.abandonedCommits();
    }

    /** What the database can do at the moment. */
    public enum Health {
        /** It responds and accepts writes. */
        WRITABLE,
        /** It responds and rejects writes: a hot standby, or a role or database that is set to read only. */
        READ_ONLY,
        /** It did not respond in time. */
        UNREACHABLE
    }

    /** Asks the database what it can do. Returns {@link Health#UNREACHABLE} if it does not respond in time. */
    public Health health(Duration within) {
        CompletableFuture<Health> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("onward-database-probe").start(() -> answer.complete(probe()));
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.UNREACHABLE;
        } catch (ExecutionException | TimeoutException e) {
            return Health.UNREACHABLE;
        }
    }

    /**
     * How a file of the SQLite database has changed that must not change, as the beginning of a sentence; empty if none
     * has. Until the file is restored or the database is opened again, nothing is read or written.
     */
    public Optional<String> changedFile() {
        return connections.changedFile();
    }

    /** Whether the database responds in time. */
    public boolean answers(Duration within) {
        return health(within) != Health.UNREACHABLE;
    }

    private Health probe() {
        try {
            return connections.read(transactions.dialect()::readOnly) ? Health.READ_ONLY : Health.WRITABLE;
        } catch (SQLException | OnboardingException e) {
            return Health.UNREACHABLE;
        }
    }

    /** Waits for running calls, then closes what this has opened. */
    @Override
    public void close() {
        sessions.close();
        connections.close();
    }
}
