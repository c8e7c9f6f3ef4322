package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Migrations on PostgreSQL.
 *
 * @param concurrentWait how long a step that blocks no others waits before it reports what it is waiting for
 */
public record PostgresMigrationDialect(Duration concurrentWait) implements MigrationDialect {
    /** The advisory lock of the process that migrates. */
    private static final String MIGRATING = "hashtext('onboarding_schema_history')";

    /** While DDL waits for its lock, every read and write of the table queues behind it. */
    public static final int MAX_DDL_WAIT_MILLIS = 150;

    /** The pause between two attempts to get the migration lock. */
    private static final Duration LOCK_PAUSE = Duration.ofMillis(200);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String LOCK_HOLDER = """
            SELECT a.pid, coalesce(a.usename, '?') AS usename, coalesce(nullif(a.application_name, ''), '?')
                    AS application_name, coalesce(a.state, '?') AS state,
                coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::bigint AS seconds,
                string_agg(DISTINCT c.relname, ', ') AS tables
            FROM pg_locks l
            JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r' AND c.relname LIKE 'onboarding\\_%'
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.granted AND l.pid <> pg_backend_pid()
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            GROUP BY a.pid, a.usename, a.application_name, a.state, a.xact_start
            ORDER BY a.xact_start
            LIMIT 1
            """;

    public PostgresMigrationDialect() {
        this(Duration.ofSeconds(10));
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public ExistingTables tables(Connection connection) throws SQLException {
        return ExistingTables.read(connection, """
                SELECT table_name, column_name, data_type AS type
                FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name LIKE 'onboarding\\_%'
                """);
    }

    @Override
    public ConnectionSettings prepare(Connection connection) {
        return () -> {};
    }

    @Override
    public String begin() {
        return "BEGIN; " + IndexedPlans.ON;
    }

    @Override
    public List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException {
        return PostgresAdoption.steps(connection, wanted);
    }

    @Override
    public boolean oneTransaction() {
        return false;
    }

    /** The step waits for earlier transactions, but none waits for it. */
    @Override
    public void runConcurrently(Connection connection, String statement) throws SQLException {
        String before = set(connection, "lock_timeout", concurrentWait.toMillis() + "ms");
        try {
            execute(connection, statement);
        } finally {
            set(connection, "lock_timeout", before);
        }
    }

    /** @return the previous value */
    private static String set(Connection connection, String setting, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT before, set_config(?, ?, false) FROM current_setting(?) AS before")) {
            statement.setString(1, setting);
            statement.setString(2, value);
            statement.setString(3, setting);
            return ResultRows.strings(statement).getFirst();
        }
    }

    @Override
    public Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) throws SQLException {
        return EventPositions.raise(connection);
    }

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }

    @Override
    public List<String> missingGrants(Connection connection) throws SQLException {
        return MissingGrants.of(connection);
    }

    /**
     * Polls instead of waiting in the database: a waiting statement is a transaction, for which the other process's
     * {@code CREATE INDEX CONCURRENTLY} would wait.
     */
    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) throws SQLException {
        for (int tries = 0; !tryLockMigrations(connection); tries++) {
            if (tries == 0) {
                waiting.accept("Another process is migrating this database: waiting for it");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SQLException("interrupted while another process was migrating");
            }
            LockSupport.parkNanos(LOCK_PAUSE.toNanos());
        }
    }

    private static boolean tryLockMigrations(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_try_advisory_lock(" + MIGRATING + ") AS locked")) {
            return ResultRows.first(statement, row -> row.getBoolean("locked")).orElse(false);
        }
    }

    @Override
    public void unlockMigrations(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_unlock(" + MIGRATING + ")");
    }

    @Override
    public void limitLockWait(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + MAX_DDL_WAIT_MILLIS);
    }

    @Override
    public Optional<String> lockHolder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_HOLDER)) {
            return ResultRows.first(
                    statement,
                    row -> row.getString("tables") + " is in use by a transaction that began "
                            + row.getLong("seconds") + " s ago (process " + row.getInt("pid") + ", user "
                            + row.getString("usename") + ", application " + row.getString("application_name") + ", "
                            + row.getString("state")
                            + "). The migration retries until that transaction ends. To end it:"
                            + " SELECT pg_terminate_backend(" + row.getInt("pid") + ")");
        }
    }

    @Override
    public void analyze(Connection connection) throws SQLException {
        execute(
                connection,
                "ANALYZE onboarding_sessions, onboarding_events, onboarding_kblocks, onboarding_profiles,"
                        + " onboarding_idempotency_records");
    }

    @Override
    public boolean typesMatter() {
        return true;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
