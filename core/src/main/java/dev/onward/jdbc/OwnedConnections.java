package dev.onward.jdbc;

import dev.onward.jdbc.Lane.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * One thread that writes and a few that read, on connections that they keep. For SQLite: it has one writer anyhow, and
 * its native calls would pin the carriers of virtual threads, so callers wait while platform threads work.
 */
final class OwnedConnections implements Connections {
    private static final int READERS = 4;

    private final Lane writer;
    private final Lane readers;

    OwnedConnections(DataSource dataSource, SqliteDialect dialect) {
        this.writer = new Lane("onward-sqlite-writer", 1, dataSource, dialect);
        this.readers = new Lane("onward-sqlite-reader", READERS, dataSource, dialect);
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        try {
            return readers.run(work::on);
        } catch (CommitFailed e) {
            throw new IllegalStateException("a read committed", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException, CommitFailed {
        Attempt<T> transaction = connection -> transaction(connection, work);
        return writer.run(transaction);
    }

    private static <T> T transaction(Connection connection, Work<T> work) throws SQLException, CommitFailed {
        execute(connection, "BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            T result = work.on(connection);
            commit(connection);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBackQuietly(connection);
            }
        }
    }

    private static void commit(Connection connection) throws CommitFailed {
        try {
            execute(connection, "COMMIT");
        } catch (SQLException e) {
            throw new CommitFailed(e);
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, or the connection is broken; the first failure is the one that tells.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
