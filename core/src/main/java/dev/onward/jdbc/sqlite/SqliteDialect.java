package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.OpenTransaction;
import dev.onward.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** SQLite 3.39 and later. It has no SQLSTATE, so failures are classified by result code. */
public record SqliteDialect() implements Dialect {
    /** The SQLSTATE with which {@link ConnectionExecutor} rejects work. */
    public static final String OVERLOADED = "53300";

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int IO_ERROR = 10;
    private static final int FULL = 13;
    public static final int CANNOT_OPEN = 14;

    @Override
    public DatabaseFault fault(SQLException failure) {
        if (OVERLOADED.equals(failure.getSQLState())) {
            return DatabaseFault.CONNECTIONS_IN_USE;
        }
        return switch (failure.getErrorCode() & 0xff) {
            case BUSY, LOCKED -> DatabaseFault.BUSY;
            case IO_ERROR, CANNOT_OPEN -> DatabaseFault.LOST;
            case FULL -> DatabaseFault.FULL;
            default -> DatabaseFault.OTHER;
        };
    }

    @Override
    public boolean readOnly(Connection connection) throws SQLException {
        return connection.isReadOnly();
    }

    /** SQLite's driver begins a transaction as soon as auto-commit is off, and does not tell whether it has written. */
    @Override
    public OpenTransaction openTransaction(Connection connection) {
        return OpenTransaction.UNWRITTEN;
    }

    @Override
    public void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setString(index, SqliteTime.format(time));
    }

    @Override
    public Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(SqliteTime::parse);
    }

    @Override
    public String now() {
        return "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') || '000' AS now";
    }

    @Override
    public String abandoned(String hours, String asOf) {
        return "NOT completed AND dismissed_at IS NULL AND max(created_at, coalesce(last_active_at, '')) < strftime("
                + "'%Y-%m-%d %H:%M:%f', " + asOf + ", '-' || (" + hours + ") || ' hours') || '000'";
    }

    @Override
    public String recordActivity() {
        return """
                UPDATE onboarding_sessions SET last_active_at = ?
                WHERE id = ? AND (last_active_at IS NULL OR last_active_at <= ?)
                """;
    }

    /** SQLite has one writer: events commit in the order of their positions. */
    @Override
    public String settledEvent() {
        return "TRUE";
    }

    /** SQLite keeps no statistics unless it is asked to, and uses its indexes without them. */
    @Override
    public String lookup(String query) {
        return query;
    }

    @Override
    public String page(String query) {
        return query;
    }

    /** SQLite's driver repeats a cancel as often as it is called, so the query needs no limit of its own. */
    @Override
    public String longRead(String query, Duration limit) {
        return query;
    }

    @Override
    public ResultSet executeLookup(PreparedStatement lookup) throws SQLException {
        return lookup.executeQuery();
    }

    @Override
    public String oneOf() {
        return "IN (SELECT value FROM json_each(?))";
    }

    @Override
    public void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException {
        statement.setString(index, Json.write(texts));
    }

    /** Does nothing: no other limit applies. */
    @Override
    public void allowLongRead(Connection connection, Duration limit) {}

    /** Does nothing: a file does not stop responding, and waiting for its lock has its own limit. */
    @Override
    public void limitBatch(Connection connection) {}

    @Override
    public int timeType() {
        return Types.VARCHAR;
    }

    @Override
    public String timeOfText() {
        return "?";
    }

    /** Does nothing: SQLite has only one writer. */
    @Override
    public void acquireLock(Connection connection, String name) {}

    @Override
    public String settingsToRestore(Connection connection) {
        return "";
    }

    /** Does nothing: SQLite has only one writer. */
    @Override
    public void limitLockWait(Connection connection) {}

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return false;
    }
}
