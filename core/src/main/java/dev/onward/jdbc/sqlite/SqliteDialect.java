package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.store.Backfill;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.jdbc.store.UnitOfWorkWriter;
import dev.onward.jdbc.transaction.Connections;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.Dialect;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.retention.RetentionStore;
import dev.onward.schema.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** SQLite 3.39 and later. It has no SQLSTATE: its result codes tell what failed. */
public record SqliteDialect() implements Dialect {
    /** The SQLSTATE with which {@link ConnectionExecutor} says that it takes no more work. */
    public static final String OVERLOADED = "53300";

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int IO_ERROR = 10;
    private static final int FULL = 13;
    public static final int CANNOT_OPEN = 14;

    @Override
    public String folder() {
        return "sqlite";
    }

    @Override
    public Connections connections(DataSource dataSource, List<Path> lockFiles) {
        return new SqliteConnections(dataSource, this, lockFiles);
    }

    /** Sets what every connection needs: a commit that is answered survives a loss of power. */
    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            // Random ids touch pages all over the file: 16 MiB of them stay at hand, and are copied back less often.
            statement.execute("PRAGMA cache_size = -16384");
            statement.execute("PRAGMA wal_autocheckpoint = 2000");
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            // To read opens the log too, so that it is known from here on.
            statement.execute("SELECT count(*) FROM sqlite_schema");
        }
    }

    @Override
    public DatabaseFault fault(SQLException failure) {
        if (OVERLOADED.equals(failure.getSQLState())) {
            return DatabaseFault.BUSY;
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
    public String noteActivity() {
        return """
                UPDATE onboarding_sessions SET last_active_at = ?
                WHERE id = ? AND (last_active_at IS NULL OR last_active_at <= ?)
                """;
    }

    /** SQLite keeps no statistics unless it is asked to, and plans by its indexes. */
    @Override
    public String lookup(String query) {
        return query;
    }

    @Override
    public String page(String query) {
        return query;
    }

    /** Its driver cancels a query as often as it is asked to. */
    @Override
    public String longRead(String query, Duration limit) {
        return query;
    }

    @Override
    public ResultSet lookedUp(PreparedStatement lookup) throws SQLException {
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

    @Override
    public int readersAtOnce() {
        return 2;
    }

    @Override
    public int writersAtOnce() {
        return 1;
    }

    /** Nothing else bounds it. */
    @Override
    public void allowLongRead(Connection connection, Duration limit) {}

    /** A file does not fall silent; its lock is waited for by a limit of its own. */
    @Override
    public void boundBatch(Connection connection) {}

    @Override
    public BatchWriter unitsOfWork() {
        return new SqliteBatchWriter(new UnitOfWorkWriter(this));
    }

    @Override
    public int timeType() {
        return Types.VARCHAR;
    }

    @Override
    public String timeOfText() {
        return "?";
    }

    @Override
    public ExistingTables tables(Connection connection) throws SQLException {
        return ExistingTables.read(connection, """
                SELECT m.name AS table_name, c.name AS column_name, c.type AS type
                FROM sqlite_master m, pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name LIKE 'onboarding\\_%' ESCAPE '\\'
                """);
    }

    @Override
    public String begin() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException {
        return SqliteAdoption.steps(connection, wanted);
    }

    /** There is one writer, and its transactions take DDL. */
    @Override
    public boolean migrateInOneTransaction() {
        return true;
    }

    @Override
    public void runConcurrently(Connection connection, String statement) {
        throw new UnsupportedOperationException("SQLite has one writer");
    }

    /** It counts on by itself, and a copy of the file counts on where the file was. */
    @Override
    public Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) {
        return Optional.empty();
    }

    /** Whoever may write the file may do everything. */
    @Override
    public List<String> missingGrants(Connection connection) {
        return List.of();
    }

    /** The transaction of the migration does. */
    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) {}

    @Override
    public void unlockMigrations(Connection connection) {}

    /** The driver's {@code busy_timeout} does, and others read in the meantime. */
    @Override
    public void boundMigration(Connection connection) {}

    @Override
    public Optional<String> lockHolder(Connection connection) {
        return Optional.of("somebody else is writing to the database's file. It is tried again until they are done");
    }

    /** Without statistics SQLite plans by its indexes, which is what every query here is made for. */
    @Override
    public void analyze(Connection connection) {}

    /** There is one writer: who writes has the turn. */
    @Override
    public void takeTurn(Connection connection, String thing) {}

    /** There is one writer: who writes waits for nobody. */
    @Override
    public void boundWaiting(Connection connection) {}

    @Override
    public boolean waitedInVain(SQLException failure) {
        return false;
    }

    @Override
    public boolean lockedOut(SQLException failure) {
        return fault(failure) == DatabaseFault.BUSY;
    }

    @Override
    public Backfill backfill() {
        return new SqliteBackfill();
    }

    @Override
    public int deleteOrphans(Transactions transactions) {
        return new SqliteOrphanCleanup(transactions).delete();
    }

    @Override
    public RetentionStore retention(Transactions transactions) {
        return new SqliteRetentionStore(transactions);
    }
}
