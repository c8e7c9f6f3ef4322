package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * Works inside a transaction that the caller began and will end. Each piece of work is a savepoint: if it fails, only
 * that work is undone, and the caller's transaction stays usable. Settings of the transaction are put back afterwards.
 */
final class CallerConnections implements Connections {
    private final Connection connection;
    private final Dialect dialect;
    private final String entering;

    /** @param entering a statement before each piece of work; its settings are put back; may be empty */
    CallerConnections(Connection connection, Dialect dialect, String entering) {
        this.connection = connection;
        this.dialect = dialect;
        this.entering = entering;
    }

    /** @throws IllegalStateException if the connection commits each statement by itself */
    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        return write(work);
    }

    /** @throws IllegalStateException if the connection commits each statement by itself */
    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("the connection is in auto-commit mode: call setAutoCommit(false) first");
        }
        String settings = dialect.restoringSettings(connection);
        Savepoint savepoint = connection.setSavepoint();
        boolean done = false;
        try {
            execute(entering);
            T result = work.on(connection);
            done = true;
            return result;
        } finally {
            if (done) {
                connection.releaseSavepoint(savepoint);
                execute(settings);
            } else {
                rollBackQuietly(savepoint);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        if (!sql.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private void rollBackQuietly(Savepoint savepoint) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            // The connection is broken: the caller's transaction is lost, and the first failure is the one that tells.
        }
    }

    /** The connection is the caller's. */
    @Override
    public void close() {}
}
