package dev.onward.jdbc.migration;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Borrows a connection for each call and returns it immediately, so that a pool of one is enough. Thread-safe. */
record ConnectionPerCall(DataSource dataSource, MigrationDialect dialect) implements Connections {

    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        try (SingleConnection connection = new SingleConnection(dataSource, dialect)) {
            return connection.read(work);
        }
    }

    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        try (SingleConnection connection = new SingleConnection(dataSource, dialect)) {
            return connection.write(work);
        }
    }

    @Override
    public void close() {
        // No connection is kept.
    }
}
