package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.MigrationDialect;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.transaction.DatabaseFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Migrations on SQLite. */
public record SqliteMigrationDialect() implements MigrationDialect {

    @Override
    public String folder() {
        return "sqlite";
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
    public ConnectionSettings prepare(Connection connection) throws SQLException {
        return SqliteSettings.apply(connection)::restore;
    }

    @Override
    public String begin() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException {
        return SqliteAdoption.steps(connection, wanted);
    }

    /** SQLite has one writer, and its transactions support DDL. */
    @Override
    public boolean oneTransaction() {
        return true;
    }

    @Override
    public void runConcurrently(Connection connection, String statement) {
        throw new UnsupportedOperationException("SQLite has one writer");
    }

    /** Nothing to do: SQLite's counter continues by itself, also in a copy of the file. */
    @Override
    public Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) {
        return Optional.empty();
    }

    @Override
    public boolean isLockTimeout(SQLException failure) {
        return new SqliteDialect().fault(failure) == DatabaseFault.BUSY;
    }

    /** Nothing to check: write access to the file permits everything. */
    @Override
    public List<String> missingGrants(Connection connection) {
        return List.of();
    }

    /** Nothing to lock: the migration's transaction locks the file. */
    @Override
    public void lockMigrations(Connection connection, Consumer<String> waiting) {}

    @Override
    public void unlockMigrations(Connection connection) {}

    /** Nothing to set: the driver's {@code busy_timeout} applies, and others read in the meantime. */
    @Override
    public void limitLockWait(Connection connection) {}

    @Override
    public Optional<String> lockHolder(Connection connection) {
        return Optional.of("somebody else is writing to the database's file. It is tried again until they are done");
    }

    /** Does nothing: without statistics, SQLite plans by its indexes, for which all queries are written. */
    @Override
    public void analyze(Connection connection) {}

    @Override
    public boolean typesMatter() {
        return false;
    }
}
