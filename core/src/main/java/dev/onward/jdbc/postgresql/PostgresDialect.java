package dev.onward.jdbc.postgresql;

import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.OpenTransaction;
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

/**
 * PostgreSQL 15 and later.
 *
 * @param limits for its writes
 */
public record PostgresDialect(WriteLimits limits) implements Dialect {
    private static final int MAX_BATCH_MILLIS = 4_000;
    /** The time that a cancel needs to arrive. */
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(10);

    private static final String SETTINGS = """
            SELECT 'SELECT ' || string_agg(format('set_config(%L, %L, true)', name, current_setting(name)), ', ')
            FROM unnest(ARRAY['search_path', 'enable_seqscan', 'enable_sort', 'lock_timeout', 'statement_timeout']) AS name
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Waits for a transaction that has inserted the same key and has not ended. */
    private static final String ACQUIRE_LOCK = """
            INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at)
            VALUES (encode(sha256(convert_to(?, 'UTF8')), 'hex'), '', '', '', now())
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String DELETE_LOCK_ROW = """
            DELETE FROM onboarding_idempotency_records WHERE id = encode(sha256(convert_to(?, 'UTF8')), 'hex')
            """;

    /** Serialization failure, deadlock, lock timeout, statement timeout. */
    private static final Set<String> BUSY = Set.of("40001", "40P01", LOCK_NOT_AVAILABLE, "57014");

    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** {@code idle_in_transaction_session_timeout} and {@code transaction_timeout} close the connection. */
    private static final Set<String> SESSION_ENDED = Set.of("25P03", "25P04");

    private static final String ACTIVE_TRANSACTION = "25001";
    private static final String FAILED_TRANSACTION = "25P02";

    /** Occurs after a failover. */
    private static final String READ_ONLY = "25006";

    @Override
    public DatabaseFault fault(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return withoutState(failure);
        }
        if (BUSY.contains(state)) {
            return DatabaseFault.BUSY;
        }
        if (TOO_MANY_CONNECTIONS.equals(state)) {
            return DatabaseFault.CONNECTIONS_IN_USE;
        }
        if (READ_ONLY.equals(state)) {
            return DatabaseFault.ROLE_CHANGE;
        }
        // 57P: the server is shutting down or starting.
        if (state.startsWith("08") || state.startsWith("57P") || SESSION_ENDED.contains(state)) {
            return DatabaseFault.LOST;
        }
        return state.equals("53100") ? DatabaseFault.FULL : DatabaseFault.OTHER;
    }

    /** True on a hot standby, and if the role or the database sets {@code default_transaction_read_only}. */
    @Override
    public boolean readOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    /**
     * JDBC does not allow changing the read-only mode during a transaction, and the driver knows without a round trip
     * whether one is open. Setting the current mode has no other effect.
     */
    @Override
    public OpenTransaction openTransaction(Connection connection) throws SQLException {
        try {
            connection.setReadOnly(connection.isReadOnly());
            return OpenTransaction.NONE;
        } catch (SQLException e) {
            if (!ACTIVE_TRANSACTION.equals(e.getSQLState())) {
                throw e;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
            return row.next() && row.getBoolean(1) ? OpenTransaction.WRITTEN : OpenTransaction.UNWRITTEN;
        } catch (SQLException e) {
            if (FAILED_TRANSACTION.equals(e.getSQLState())) {
                return OpenTransaction.WRITTEN;
            }
            throw e;
        }
    }

    /** A pool without a free connection: if there is a cause, it could not open one; otherwise all are in use. */
    private static DatabaseFault withoutState(SQLException failure) {
        if (failure instanceof SQLTransientException) {
            return failure.getCause() == null ? DatabaseFault.CONNECTIONS_IN_USE : DatabaseFault.LOST;
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

    /** Skips a locked row: its transaction is changing or deleting it. */
    @Override
    public String recordActivity() {
        return IndexedPlans.before("""
                UPDATE onboarding_sessions SET last_active_at = ?
                WHERE id = (
                    SELECT id FROM onboarding_sessions
                    WHERE id = ? AND (last_active_at IS NULL OR last_active_at <= ?)
                    FOR UPDATE SKIP LOCKED)
                """);
    }

    /** No transaction older than the oldest running one can still write. The schema has more about it. */
    @Override
    public String settledEvent() {
        return "position < onboarding_position(pg_snapshot_xmin(pg_current_snapshot()))";
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
    public ResultSet executeLookup(PreparedStatement lookup) throws SQLException {
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

    /** The network may be silent while the database works. */
    @Override
    public void allowLongRead(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(limit.plus(NETWORK_MARGIN).toMillis()));
    }

    @Override
    public void limitBatch(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, MAX_BATCH_MILLIS);
    }

    @Override
    public int timeType() {
        return Types.TIMESTAMP_WITH_TIMEZONE;
    }

    @Override
    public String timeOfText() {
        return "CAST(? AS timestamptz)";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Inserts and deletes a row that no other transaction sees: its key is locked until the transaction ends. */
    @Override
    public void acquireLock(Connection connection, String name) throws SQLException {
        for (String sql : List.of(ACQUIRE_LOCK, DELETE_LOCK_ROW)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                statement.executeUpdate();
            }
        }
    }

    @Override
    public String settingsToRestore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SETTINGS)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void limitLockWait(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = '1s'");
    }

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState());
    }
}
