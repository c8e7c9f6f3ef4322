package dev.onward.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of the embedder's data source that goes back as it came: with the auto-commit mode and the network timeout
 * that it had. For one thread at a time.
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
     * Takes a connection that was just borrowed, and closes it where this fails.
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

    /** Gives the connection back. A failure to do so says nothing about what it committed, so it is not thrown. */
    @Override
    public void close() {
        try {
            restore();
        } catch (SQLException e) {
            // The connection is broken, and its pool gives it up.
        } finally {
            closeQuietly(connection);
        }
    }

    /** The mode first: a rollback that the network swallows ends with the network timeout of the work. */
    private void restore() throws SQLException {
        if (connection.getAutoCommit() != foundAutoCommit) {
            if (foundAutoCommit) {
                // Turning auto-commit on would commit what a failure has left open.
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
            // Its pool gives it up.
        }
    }
}
