package dev.onward.server.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Finds out whether a connection goes to one server process directly, or through a pooler in transaction mode, where
 * each transaction may run in another process. There, a prepared statement of one client can be executed for another,
 * and session locks have no effect. <p>Each of two signs is enough: the process that responds is not the one that the
 * login returned; or, while a second connection is in a transaction, two transactions of the first run in different
 * processes, or both connections in the same. The second sign does not depend on how busy the pooler is.
 */
final class PoolerCheck {
    private static final int MAX_MILLIS = 5_000;

    /** Opens a second connection for the check. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private PoolerCheck() {}

    /**
     * @param connection a new connection in autocommit mode
     * @throws SQLException if the connection itself fails
     */
    static boolean direct(Connection connection, Opener second) throws SQLException {
        int process = process(connection);
        if (process != connection.unwrap(PGConnection.class).getBackendPID()) {
            return false;
        }
        try (Connection busy = second.open()) {
            busy.setNetworkTimeout(Runnable::run, MAX_MILLIS);
            busy.setAutoCommit(false);
            boolean shared = process(busy) == process;
            return !shared && process(connection) == process;
        } catch (SQLException e) {
            // Without a second connection, the check cannot prove that the first is direct.
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
