package dev.onward.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of the embedder's data source. Restores its auto-commit mode and network timeout before it is returned.
 * Not thread-safe.
 */
public final class BorrowedConnection implements AutoCloseable {
    private final Connection connection;
    private final boolean foundAutoCommit;
    private final int foundNetworkTimeout;

    private BorrowedConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.foundAutoCommit = connection.getAutoCommit();
        this.foundNetworkTimeout = connection.getNetworkTimeout();
    }

    /**
     * Wraps a connection that was just borrowed. Closes it if this fails.
     *
     * @param autoCommit the mode that the work needs
     */
    public static BorrowedConnection of(Connection connection, boolean autoCommit) throws SQLException {
        boolean done = false;
        try {
            BorrowedConnection borrowed = new BorrowedConnection(connection);
            if (borrowed.foundAutoCommit != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            done = true;
            return borrowed;
        } finally {
            if (!done) {
                closeQuietly(connection);
            }
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Returns the connection. A failure to do so says nothing about what was committed, so it is not thrown. */
    @Override
    public void close() {
        try {
            restore();
        } catch (SQLException e) {
            // The connection is broken; its pool discards it.
        } finally {
            closeQuietly(connection);
        }
    }

    /** Restores the mode first: if the network fails during the rollback, the work's network timeout still applies. */
    private void restore() throws SQLException {
        if (connection.getAutoCommit() != foundAutoCommit) {
            if (foundAutoCommit) {
                // Turning auto-commit on would commit the work of a failed transaction.
                connection.rollback();
            }
            connection.setAutoCommit(foundAutoCommit);
        }
        if (connection.getNetworkTimeout() != foundNetworkTimeout) {
            connection.setNetworkTimeout(Runnable::run, foundNetworkTimeout);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The connection is broken; its pool discards it.
        }
    }
}
