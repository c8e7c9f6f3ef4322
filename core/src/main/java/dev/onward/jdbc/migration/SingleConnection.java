package dev.onward.jdbc.migration;

import dev.onward.jdbc.connection.BorrowedConnection;
import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Works on a single connection, which it borrows at the first call and returns when it is closed. So a pool of one
 * connection is enough for migrations. Not thread-safe.
 */
final class SingleConnection implements Connections {
    private final DataSource dataSource;
    private final MigrationDialect dialect;
    private @Nullable PreparedConnection borrowed;

    private record PreparedConnection(BorrowedConnection borrowed, MigrationDialect.ConnectionSettings found) {}

    SingleConnection(DataSource dataSource, MigrationDialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /** The connection, in auto-commit mode. */
    Connection connection() throws SQLException {
        if (borrowed == null) {
            borrowed = prepared(BorrowedConnection.of(dataSource.getConnection(), true));
        }
        return borrowed.borrowed().connection();
    }

    private PreparedConnection prepared(BorrowedConnection connection) throws SQLException {
        boolean ready = false;
        try {
            PreparedConnection prepared = new PreparedConnection(connection, dialect.prepare(connection.connection()));
            ready = true;
            return prepared;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        return work.on(connection());
    }

    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        Connection connection = connection();
        boolean worked = false;
        T result;
        try {
            execute(connection, dialect.begin());
            result = work.on(connection);
            worked = true;
        } finally {
            if (!worked) {
                rollBackQuietly(connection);
            }
        }
        try {
            execute(connection, "COMMIT");
            return result;
        } catch (SQLException e) {
            rollBackQuietly(connection);
            throw new CommitFailedException(e);
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // The transaction has already ended, or the connection is broken; the first exception is the useful one.
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        PreparedConnection connection = borrowed;
        borrowed = null;
        if (connection != null) {
            BorrowedConnection returned = connection.borrowed();
            try (returned) {
                connection.found().restore();
            } catch (SQLException e) {
                // The connection is broken; its pool discards it.
            }
        }
    }
}
