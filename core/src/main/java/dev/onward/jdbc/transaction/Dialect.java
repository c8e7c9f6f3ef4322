package dev.onward.jdbc.transaction;

import dev.onward.jdbc.migration.AdoptionStep;
import dev.onward.jdbc.migration.ExistingTables;
import dev.onward.jdbc.migration.Migrations;
import dev.onward.jdbc.migration.SessionsTable;
import dev.onward.jdbc.store.Backfill;
import dev.onward.jdbc.store.BatchWriter;
import dev.onward.retention.RetentionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What differs between the databases, and nothing else. */
public interface Dialect {

    /** The folder of its migrations below {@code onward-schema}. */
    String folder();

    /** @param lockFiles that have to stay in place where the database is a file */
    Connections connections(DataSource dataSource, List<Path> lockFiles);

    /** What a failure means; told by its code, never by its text. */
    DatabaseFault fault(SQLException failure);

    /** Asks the database whether this connection can only read. */
    boolean readOnly(Connection connection) throws SQLException;

    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException;

    Optional<Instant> time(ResultSet row, String column) throws SQLException;

    /** A query for the database's clock, as column {@code now}. */
    String now();

    /**
     * A condition on {@code completed}, {@code dismissed_at}, {@code created_at} and {@code last_active_at}: the rule
     * of cleanup, as this database states it for every door.
     *
     * @param hours an expression for the hours that a session is kept without activity
     * @param asOf an expression for the time of the question
     */
    String abandoned(String hours, String asOf);

    /**
     * A statement that sets a session's last activity, and waits for nobody. Its parameters: the time, the session's
     * id, and the time behind which one that is noted stays.
     */
    String noteActivity();

    /** The text of a query that finds rows by a key along an index, whatever the statistics say. */
    String lookup(String query);

    /** The text of a query that finds the next rows in an index's order, whatever the statistics say. */
    String page(String query);

    /**
     * The text of a query that the database itself ends at a limit. A cancel alone does not bound it: one that overtakes
     * its query is lost, and PostgreSQL's driver sends no second one.
     */
    String longRead(String query, Duration limit);

    /** Runs one of these three. The caller closes what it found. */
    ResultSet lookedUp(PreparedStatement lookup) throws SQLException;

    /** A condition that a column is one of the texts that a parameter holds. */
    String oneOf();

    /** Sets the parameter of {@link #oneOf}. */
    void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException;

    /** How many batches are read at once at most, where one is held up. */
    int readersAtOnce();

    /** How many batches are written at once at most, where one is held up. */
    int writersAtOnce();

    /** Lets the next query on a connection take so long. */
    void allowLongRead(Connection connection, Duration limit) throws SQLException;

    /** Gives up what is read on a connection for several callers once it takes longer than they wait. */
    void boundBatch(Connection connection) throws SQLException;

    /** Writes for several sessions at once. */
    BatchWriter unitsOfWork();

    /** The type of {@link java.sql.Types} that a time which is not there has. */
    int timeType();

    /** An expression for the time that a parameter is, as text that the database wrote. */
    String timeOfText();

    /** Reads which of our tables exist, with their columns and types. */
    ExistingTables tables(Connection connection) throws SQLException;

    /** Sets what each connection needs before it is worked on alone. */
    void prepare(Connection connection) throws SQLException;

    /** Begins a transaction that writes. */
    String begin();

    /** The steps that a standing sessions table lacks, in order. */
    List<AdoptionStep> adoption(Connection connection, SessionsTable wanted) throws SQLException;

    /** Whether all that is pending is one transaction; else each script and each step is one. */
    boolean migrateInOneTransaction();

    /** Runs a step that lets others write while it works. */
    void runConcurrently(Connection connection, String statement) throws SQLException;

    /** What makes later events sort behind those that stand, where they would not; it changes nothing by itself. */
    Optional<Migrations.PendingMigration> raiseEventPositions(Connection connection) throws SQLException;

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

    /**
     * Waits until nobody else has a turn at the same thing, and keeps the others waiting until the transaction ends.
     *
     * @param thing any text
     */
    void takeTurn(Connection connection, String thing) throws SQLException;

    /** Bounds how long the rest of a transaction waits for others, where it could wait for long. */
    void boundWaiting(Connection connection) throws SQLException;

    /** Whether a failure says that this bound was reached. */
    boolean waitedInVain(SQLException failure);

    /** Whether a migration failed because somebody else held a lock for too long. */
    boolean lockedOut(SQLException failure);

    /** Gives sessions that other software wrote the events and profiles that their columns tell of. */
    Backfill backfill();

    /**
     * Deletes what other software left behind when it deleted sessions, in bounded batches.
     *
     * @return how many sessions' K-Blocks were deleted
     */
    int deleteOrphans(Transactions transactions);

    RetentionStore retention(Transactions transactions);
}
