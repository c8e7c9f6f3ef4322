package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.transaction.ResultRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Migrations on PostgreSQL. */
public record PostgresMigrationDialect() implements MigrationDialect {
    /** The advisory lock that one holds who migrates. */
    private static final String MIGRATING = "hashtext('onboarding_schema_history')";

    /** While DDL waits for its lock, every read and write of the table queues behind it. */
    public static final int LONGEST_DDL_WAIT_MILLIS = 150;

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

    /** The migration does it all. */
    @Override
    public void adopt(Connection connection) {}

    @Override
    public List<String> missingGrants(Connection connection) throws SQLException {
        return MissingGrants.of(connection);
    }

    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_try_advisory_lock(" + MIGRATING + ") AS locked")) {
            if (ResultRows.first(statement, row -> row.getBoolean("locked")).orElse(false)) {
                return;
            }
        }
        waiting.accept("another process is migrating this database: waiting for it to end");
        execute(connection, "SELECT pg_advisory_lock(" + MIGRATING + ")");
    }

    @Override
    public void unlockMigrations(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_unlock(" + MIGRATING + ")");
    }

    @Override
    public void boundMigration(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + LONGEST_DDL_WAIT_MILLIS);
    }

    @Override
    public Optional<String> lockHolder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_HOLDER)) {
            return ResultRows.first(
                    statement,
                    row -> row.getString("tables") + " is in use by a transaction that began "
                            + row.getLong("seconds") + " s ago (process " + row.getInt("pid") + ", user "
                            + row.getString("usename") + ", application " + row.getString("application_name") + ", "
                            + row.getString("state") + "). It is tried again until that transaction ends. To end it:"
                            + " SELECT pg_terminate_backend(" + row.getInt("pid") + ")");
        }
    }

    @Override
    public void analyze(Connection connection) throws SQLException {
        execute(
                connection,
                "ANALYZE onboarding_sessions, onboarding_events, onboarding_kblocks, onboarding_profiles,"
                        + " onboarding_receipts");
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
