package dev.onward.jdbc.transaction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The differences between the databases, and nothing else. */
public interface Dialect {

    /** The kind of a failure, by its code, never by its text. */
    DatabaseFault fault(SQLException failure);

    /** Whether this connection can only read, according to the database. */
    boolean readOnly(Connection connection) throws SQLException;

    /** Looks for an open transaction on a connection that is not in auto-commit mode. Changes nothing. */
    OpenTransaction openTransaction(Connection connection) throws SQLException;

    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException;

    Optional<Instant> time(ResultSet row, String column) throws SQLException;

    /** A query for the database's clock, with the column {@code now}. */
    String now();

    /**
     * The cleanup rule as a condition on {@code completed}, {@code dismissed_at}, {@code created_at} and {@code
     * last_active_at}. Every use of the rule on this database shares this text.
     *
     * @param hours an expression for the hours that a session is kept without activity
     * @param asOf an expression for the time at which the rule is evaluated
     */
    String abandoned(String hours, String asOf);

    /**
     * A statement that sets a session's last activity without waiting for locks. Its parameters: the time, the
     * session's id, and the time after which a stored activity is kept.
     */
    String recordActivity();

    /** A condition on the {@code position} of an event: no earlier event can still commit. */
    String settledEvent();

    /** A query that finds rows by a key with an index, whatever the statistics say. */
    String lookup(String query);

    /** A query that finds the next rows in an index's order, whatever the statistics say. */
    String page(String query);

    /**
     * A query that the database itself ends at a time limit. A cancel is not enough: if it arrives before its query, it
     * is lost, and PostgreSQL's driver sends no second one.
     */
    String longRead(String query, Duration limit);

    /** Runs a query of {@link #lookup}, {@link #page} or {@link #longRead}. The caller closes the result. */
    ResultSet executeLookup(PreparedStatement lookup) throws SQLException;

    /** A condition that a column equals one of the texts in a parameter. */
    String oneOf();

    /** Sets the parameter of {@link #oneOf}. */
    void setTexts(PreparedStatement statement, int index, Collection<String> texts) throws SQLException;

    /** Allows the next query on a connection to take this long. */
    void allowLongRead(Connection connection, Duration limit) throws SQLException;

    /** Limits a batch's read on a connection to the time that its callers wait. */
    void limitBatch(Connection connection) throws SQLException;

    /** The type of {@link java.sql.Types} for a time that is null. */
    int timeType();

    /** An expression that converts a text parameter, as written by the database, to a time. */
    String timeOfText();

    /**
     * Waits until no other transaction has the named turn, and makes others wait until the transaction ends.
     *
     * @param name the name of the turn: any text
     */
    void acquireLock(Connection connection, String name) throws SQLException;

    /** A statement that restores the transaction settings that work on sessions changes; empty if there are none. */
    String settingsToRestore(Connection connection) throws SQLException;

    /** Limits how long the rest of a transaction waits for locks, if it could wait for long. */
    void limitLockWait(Connection connection) throws SQLException;

    /** Whether a failure means that this limit was reached. */
    boolean isLockTimeout(SQLException failure);
}
