package dev.onward.jdbc.transaction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What differs between the databases, and nothing else. */
public interface Dialect {

    /** What a failure means; told by its code, never by its text. */
    DatabaseFault fault(SQLException failure);

    /** Asks the database whether this connection can only read. */
    boolean readOnly(Connection connection) throws SQLException;

    /** Looks for a transaction on a connection that is not in auto-commit mode. Changes nothing. */
    OpenTransaction openTransaction(Connection connection) throws SQLException;

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

    /** A condition on the {@code position} of an event: no event before it can still commit. */
    String settledEvent();

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

    /** Lets the next query on a connection take so long. */
    void allowLongRead(Connection connection, Duration limit) throws SQLException;

    /** Gives up what is read on a connection for several callers once it takes longer than they wait. */
    void boundBatch(Connection connection) throws SQLException;

    /** The type of {@link java.sql.Types} that a time which is not there has. */
    int timeType();

    /** An expression for the time that a parameter is, as text that the database wrote. */
    String timeOfText();

    /**
     * Waits until nobody else has a turn at the same thing, and keeps the others waiting until the transaction ends.
     *
     * @param thing any text
     */
    void takeTurn(Connection connection, String thing) throws SQLException;

    /**
     * A statement that puts back the settings of the connection's transaction that work on sessions changes; empty where
     * there are none.
     */
    String restoringSettings(Connection connection) throws SQLException;

    /** Bounds how long the rest of a transaction waits for others, where it could wait for long. */
    void boundWaiting(Connection connection) throws SQLException;

    /** Whether a failure says that this bound was reached. */
    boolean waitedInVain(SQLException failure);
}
