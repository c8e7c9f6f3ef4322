package dev.onward.jdbc.transaction;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * Works inside a transaction that the caller began and will end. Each piece of work is a savepoint: if it fails, only
 * that work is undone, and the caller's transaction stays usable. Settings of the transaction are restored afterwards.
 */
final class CallerConnections implements Connections {
    private final Connection connection;
    private final Dialect dialect;
    private final String setup;

    /** @param setup a statement to run before each piece of work; its settings are restored; may be empty */
    CallerConnections(Connection connection, Dialect dialect, String setup) {
        this.connection = connection;
        this.dialect = dialect;
        this.setup = setup;
    }

    /** @throws IllegalStateException if the connection is in auto-commit mode */
    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        return write(work);
    }

    /** @throws IllegalStateException if the connection is in auto-commit mode */
    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("the connection is in auto-commit mode: call setAutoCommit(false) first");
        }
        String settings = dialect.settingsToRestore(connection);
        Savepoint savepoint = connection.setSavepoint();
        boolean done = false;
        try {
            execute(setup);
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
            // The connection is broken, so the caller's transaction is lost; the first exception is the useful one.
        }
    }

    /** Does nothing: the caller owns the connection. */
    @Override
    public void close() {}
}
