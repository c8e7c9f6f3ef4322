package dev.onward.jdbc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a database creates and changes the schema, and adopts a table that is there already. */
public interface MigrationDialect {

    /** The folder of its migrations below {@code onward-schema}. */
    String folder();

    /** Reads which of our tables exist, with their columns and types. */
    ExistingTables tables(Connection connection) throws SQLException;

    /** Sets what a connection needs before it is worked on. */
    ConnectionSettings prepare(Connection connection) throws SQLException;

    /** The settings that a connection had. */
    @FunctionalInterface
    interface ConnectionSettings {
        void restore() throws SQLException;
    }

    /** Begins a transaction that writes. */
    String begin();

    /** The steps that a standing sessions table lacks, in order. */
    List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException;

    /** Whether all that is pending is one transaction. If not, each script and each step is one. */
    boolean oneTransaction();

    /** Runs a step that lets others write while it works. */
    void runConcurrently(Connection connection, String statement) throws SQLException;

    /** What makes later events sort behind those that stand, if they would not. Changes nothing. */
    Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) throws SQLException;

    /** Whether a part of a migration failed because somebody else held a lock for too long. */
    boolean lockedOut(SQLException failure);

    /** The statements that give the role of the connection what it lacks to migrate. */
    List<String> missingGrants(Connection connection) throws SQLException;

    /**
     * Waits until nobody else migrates, and keeps the others waiting.
     *
     * @param waiting is told if somebody else does
     */
    void lockMigrations(Connection connection, Consumer<String> waiting) throws SQLException;

    void unlockMigrations(Connection connection) throws SQLException;

    /** Bounds how long a migration's transaction waits for a lock, where others queue behind it. */
    void boundMigration(Connection connection) throws SQLException;

    /** Who holds a lock on one of our tables for the longest time, and what to do about it, for people. */
    Optional<String> lockHolder(Connection connection) throws SQLException;

    /** Makes statistics of the tables, where the database plans by them. */
    void analyze(Connection connection) throws SQLException;

    /** Whether a column's type says what it holds: SQLite takes any value in any column. */
    boolean typesMatter();
}
