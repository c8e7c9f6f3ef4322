package dev.onward.server.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Finds out whether a connection leads to one server process, as a direct one does, or through a pooler in transaction
 * mode, where each transaction may run in another process. There, a prepared statement of one client can be executed in
 * the name of another, and session locks guard nothing.
 *
 * <p>Two signs, each of which is enough: the process that answers is not the one that the login named; and while a
 * second connection is inside a transaction, two transactions of the first run in different processes, or both
 * connections in the same. The second sign does not depend on how busy the pooler is.
 */
final class PoolerCheck {
    private static final int LONGEST_MILLIS = 5_000;

    /** Opens a second connection for the check. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private PoolerCheck() {}

    /**
     * @param connection new, and in autocommit mode
     * @throws SQLException where the connection itself fails
     */
    static boolean direct(Connection connection, Opener second) throws SQLException {
        int process = process(connection);
        if (process != connection.unwrap(PGConnection.class).getBackendPID()) {
            return false;
        }
        try (Connection busy = second.open()) {
            busy.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
            busy.setAutoCommit(false);
            boolean shared = process(busy) == process;
            return !shared && process(connection) == process;
        } catch (SQLException e) {
            // No second connection could be had: that it is direct is not certain.
            return false;
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
