package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.store.Backfill;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.transaction.Connections;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.jdbc.transaction.WriteLimits;
import dev.onward.retention.RetentionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * PostgreSQL 15 and later.
 *
 * @param limits for its writes
 */
public record PostgresDialect(WriteLimits limits) implements Dialect {
    private static final int LONGEST_BATCH_MILLIS = 4_000;
    /** The advisory lock that one holds who migrates. */
    private static final String MIGRATING = "hashtext('onboarding_schema_history')";

    /** While DDL waits for its lock, every read and write of the table queues behind it. */
    public static final int LONGEST_DDL_WAIT_MILLIS = 150;

    /** How long a step that others do not queue behind waits before it says for whom. */
    private static final int LONGEST_CONCURRENT_WAIT_MILLIS = 10_000;

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

    /** For a cancel to arrive. */
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(10);

    /** Between two questions whether another process still migrates. */
    private static final Duration LOCK_PAUSE = Duration.ofMillis(200);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Waits for whoever inserted the same key and has not come to an end. */
    private static final String TAKE_TURN = """
            INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at)
            VALUES (encode(sha256(convert_to(?, 'UTF8')), 'hex'), '', '', '', now())
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String LEAVE_NOTHING = """
            DELETE FROM onboarding_idempotency_records WHERE id = encode(sha256(convert_to(?, 'UTF8')), 'hex')
            """;

    /** Serialization failure, deadlock, lock time-out, too many connections, a statement that took too long. */
    private static final Set<String> BUSY = Set.of("40001", "40P01", LOCK_NOT_AVAILABLE, "53300", "57014");

    /** {@code idle_in_transaction_session_timeout} and {@code transaction_timeout} close the connection. */
    private static final Set<String> SESSION_ENDED = Set.of("25P03", "25P04");

    /** After a failover. */
    private static final String READ_ONLY = "25006";

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public Connections connections(DataSource dataSource, List<Path> lockFiles) {
        return new PostgresConnections(dataSource, limits);
    }

    @Override
    public DatabaseFault fault(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return withoutState(failure);
        }
        if (BUSY.contains(state)) {
            return DatabaseFault.BUSY;
        }
        if (READ_ONLY.equals(state)) {
            return DatabaseFault.ROLE_CHANGE;
        }
        // 57P: the server is being shut down, or is not up yet.
        if (state.startsWith("08") || state.startsWith("57P") || SESSION_ENDED.contains(state)) {
            return DatabaseFault.LOST;
        }
        return state.equals("53100") ? DatabaseFault.FULL : DatabaseFault.OTHER;
    }

    /** On a hot standby, and where the role or the database sets {@code default_transaction_read_only}. */
    @Override
    public boolean readOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    /** A pool that has no connection to give: a cause tells why it could not make one; without one, all are in use. */
    private static DatabaseFault withoutState(SQLException failure) {
        if (failure instanceof SQLTransientException) {
            return failure.getCause() == null ? DatabaseFault.BUSY : DatabaseFault.LOST;
        }
        return DatabaseFault.OTHER;
    }

    @Override
    public void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, time.atOffset(ZoneOffset.UTC));
    }

    @Override
    public Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    @Override
    public String now() {
        return "SELECT now() AS now";
    }

    @Override
    public String abandoned(String hours, String asOf) {
        return "onboarding_is_abandoned(completed, dismissed_at, created_at, last_active_at, NULL, " + asOf + ", "
                + hours + ")";
    }

    /** Whoever holds the row changes it, or cleans it away, at this moment. */
    @Override
    public String noteActivity() {
        return IndexedPlans.before("""
                UPDATE onboarding_sessions SET last_active_at = ?
                WHERE id = (
                    SELECT id FROM onboarding_sessions
                    WHERE id = ? AND (last_active_at IS NULL OR last_active_at <= ?)
                    FOR UPDATE SKIP LOCKED)
                """);
    }

    @Override
    public String lookup(String query) {
        return IndexedPlans.before(query);
    }

    @Override
    public String page(String query) {
        return IndexedPlans.inOrder(query);
    }

    @Override
    public String longRead(String query, Duration limit) {
        return "SELECT set_config('statement_timeout', '" + limit.toMillis() + "', true);\n" + query;
    }

    @Override
    public ResultSet lookedUp(PreparedStatement lookup) throws SQLException {
        lookup.execute();
        lookup.getMoreResults();
        return lookup.getResultSet();
    }

    @Override
    public String oneOf() {
        return "= ANY (?)";
    }

    @Override
    public void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray(String[]::new)));
    }

    @Override
    public int readersAtOnce() {
        return 2;
    }

    @Override
    public int writersAtOnce() {
        return 3;
    }

    /** The network may be silent while the database works. */
    @Override
    public void allowLongRead(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(limit.plus(NETWORK_MARGIN).toMillis()));
    }

    @Override
    public void boundBatch(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, LONGEST_BATCH_MILLIS);
    }

    @Override
    public BatchWriter unitsOfWork() {
        return new PostgresBatchWriter(limits);
    }

    @Override
    public int timeType() {
        return Types.TIMESTAMP_WITH_TIMEZONE;
    }

    @Override
    public String timeOfText() {
        return "CAST(? AS timestamptz)";
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
    public void prepare(Connection connection) {}

    @Override
    public String begin() {
        return "BEGIN; " + limits.begin();
    }

    @Override
    public List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException {
        return PostgresAdoption.steps(connection, wanted);
    }

    @Override
    public boolean migrateInOneTransaction() {
        return false;
    }

    /** It waits for transactions that were there before it, and nobody waits for it. */
    @Override
    public void runConcurrently(Connection connection, String statement) throws SQLException {
        String before = set(connection, "lock_timeout", LONGEST_CONCURRENT_WAIT_MILLIS + "ms");
        try {
            execute(connection, statement);
        } finally {
            set(connection, "lock_timeout", before);
        }
    }

    /** @return what it was */
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
    public List<String> missingGrants(Connection connection) throws SQLException {
        return MissingGrants.of(connection);
    }

    /**
     * Asks again and again: a statement that waits is a transaction, for which the other one's {@code CREATE INDEX
     * CONCURRENTLY} would wait.
     */
    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) throws SQLException {
        for (int tries = 0; !tryLockMigrations(connection); tries++) {
            if (tries == 0) {
                waiting.accept("another process is migrating this database: waiting for it to end");
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while another process was migrating", LOCK_NOT_AVAILABLE);
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
                        + " onboarding_idempotency_records");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** By a row that nobody ever sees: its key is taken until the transaction ends, and then it is gone. */
    @Override
    public void takeTurn(Connection connection, String thing) throws SQLException {
        for (String sql : List.of(TAKE_TURN, LEAVE_NOTHING)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, thing);
                statement.executeUpdate();
            }
        }
    }

    @Override
    public void boundWaiting(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = '1s'");
    }

    @Override
    public boolean waitedInVain(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }

    @Override
    public boolean lockedOut(SQLException failure) {
        return waitedInVain(failure);
    }

    @Override
    public Backfill backfill() {
        return new PostgresBackfill();
    }

    /** PostgreSQL's foreign keys leave none. */
    @Override
    public int deleteOrphans(Transactions transactions) {
        return 0;
    }

    @Override
    public RetentionStore retention(Transactions transactions) {
        return new PostgresRetentionStore(transactions);
    }
}
