package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.connection.ConnectionCallback;
import dev.onward.jdbc.connection.Connections;
import dev.onward.jdbc.sqlite.ConnectionExecutor.Attempt;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One thread that writes and several that read, each with its own connection. SQLite allows only one writer, and its
 * native calls would pin the carriers of virtual threads, so callers wait while platform threads work.
 */
final class SqliteConnections implements Connections {
    private static final int READERS = 4;

    private final SqliteFiles files;
    private final ConnectionExecutor writer;
    private final ConnectionExecutor readers;

    /** @param lockFiles must stay in place */
    SqliteConnections(DataSource dataSource, SqliteDialect dialect, List<Path> lockFiles) {
        this.files = new SqliteFiles(lockFiles);
        this.writer =
                new ConnectionExecutor("onward-sqlite-writer", 1, dataSource, dialect, files, files::requireUnchanged);
        this.readers = new ConnectionExecutor(
                "onward-sqlite-reader", READERS, dataSource, dialect, files, files::requireRecentlyUnchanged);
    }

    @Override
    public <T> T read(ConnectionCallback<T> work) throws SQLException {
        try {
            return readers.run(work::on);
        } catch (CommitFailedException e) {
            throw new IllegalStateException("a read committed", e);
        }
    }

    @Override
    public <T> T write(ConnectionCallback<T> work) throws SQLException, CommitFailedException {
        Attempt<T> transaction = connection -> transaction(connection, work);
        return writer.run(transaction);
    }

    private <T> T transaction(Connection connection, ConnectionCallback<T> work)
            throws SQLException, CommitFailedException {
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

    /** A commit into a file that was deleted or replaced is not reported as successful. */
    private void commit(Connection connection) throws CommitFailedException {
        try {
            execute(connection, "COMMIT");
            files.requireUnchanged();
        } catch (SQLException e) {
            throw new CommitFailedException(e);
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has already rolled back, or the connection is broken; the first exception is the useful one.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Optional<String> changedFile() {
        return files.change();
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
