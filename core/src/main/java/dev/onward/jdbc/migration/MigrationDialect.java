package dev.onward.jdbc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a database creates and changes the schema, and adopts an existing table. */
public interface MigrationDialect {

    /** The folder of its migrations in {@code onward-schema}. */
    String folder();

    /** Reads which of Onward's tables exist, with their columns and types. */
    ExistingTables tables(Connection connection) throws SQLException;

    /** Sets what a migration's connection needs. */
    ConnectionSettings prepare(Connection connection) throws SQLException;

    /** The original settings of a connection. */
    @FunctionalInterface
    interface ConnectionSettings {
        void restore() throws SQLException;
    }

    /** The statement that begins a write transaction. */
    String begin();

    /** The missing steps to adopt an existing sessions table, in order. */
    List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException;

    /** Whether a migration is one transaction. If not, each script and each step is one. */
    boolean oneTransaction();

    /** Runs a step that does not block writers. */
    void runConcurrently(Connection connection, String statement) throws SQLException;

    /** The pending migration that makes new events sort behind existing ones, if needed. Changes nothing. */
    Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) throws SQLException;

    /** Whether a part of a migration failed because another transaction held a lock for too long. */
    boolean isLockTimeout(SQLException failure);

    /** The statements that grant the rights that the connection's role lacks. */
    List<String> missingGrants(Connection connection) throws SQLException;

    /**
     * Waits until no other process migrates, and then blocks other processes.
     *
     * @param waiting is called if another process migrates
     */
    void lockMigrations(Connection connection, Consumer<String> waiting) throws SQLException;

    void unlockMigrations(Connection connection) throws SQLException;

    /** Limits how long a migration's transaction waits for a lock, if other transactions queue behind it. */
    void limitLockWait(Connection connection) throws SQLException;

    /**
     * The transaction that has held a lock on one of Onward's tables for the longest time, and what to do about it, for
     * people.
     */
    Optional<String> lockHolder(Connection connection) throws SQLException;

    /** Updates the statistics of the tables, if the database uses them. */
    void analyze(Connection connection) throws SQLException;

    /** Whether column types are enforced. SQLite stores any value in any column. */
    boolean typesMatter();
}
