package dev.onward.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Borrows a connection from the data source for each piece of work, on the calling thread. For PostgreSQL. */
final class PooledConnections implements Connections {
    private final DataSource dataSource;

    PooledConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        }
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException, CommitFailed {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            T result = rollingBack(connection, work);
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new CommitFailed(e);
            }
            return result;
        }
    }

    @Override
    public <T> T writeAtOnce(Work<T> work) throws SQLException, CommitFailed {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return committing(connection, work);
        }
    }

    /** The work's own statement commits. */
    private static <T> T committing(Connection connection, Work<T> work) throws CommitFailed {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new CommitFailed(e);
        }
    }

    private static <T> T rollingBack(Connection connection, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            preferIndexes(connection);
            T result = work.on(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBackQuietly(connection);
            }
        }
    }

    private static void preferIndexes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(IndexedPlans.ON);
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken: closing it rolls back, and the first failure is the one that tells.
        }
    }

    @Override
    public void close() {}
}
