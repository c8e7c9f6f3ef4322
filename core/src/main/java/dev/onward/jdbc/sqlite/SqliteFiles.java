package dev.onward.jdbc.sqlite;

import dev.onward.jdbc.transaction.DatabaseFileChangedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The files of an open SQLite database. SQLite continues to write to a deleted or replaced file, whose content is then
 * lost, and a file with two names gets two logs. So the files are checked before each use, and again before a commit is
 * reported. Thread-safe.
 */
final class SqliteFiles {
    private static final long CHECK_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    private final List<WatchedFile> lockFiles;

    private volatile Optional<WatchedFile> main = Optional.empty();

    /**
     * The log and its index, which do not change while a connection is open; closing the last connection deletes them.
     */
    private volatile List<WatchedFile> logs = List.of();

    private volatile long checked = System.nanoTime() - CHECK_INTERVAL_NANOS;
    private int connections;

    /** A file and its identity when it was opened. */
    private record WatchedFile(Path path, String name, FileIdentity identity) {
        static WatchedFile now(Path path, String name) {
            return new WatchedFile(path, name, FileIdentity.of(path));
        }

        Optional<String> change() {
            FileIdentity now = FileIdentity.of(path);
            if (!now.sameFile(identity)) {
                return Optional.of(
                        "The " + name + (now.links() == 0 ? " is gone" : " has been replaced by another file"));
            }
            return now.links() > identity.links()
                    ? Optional.of("The " + name + " has a second name (a hard link)")
                    : Optional.empty();
        }
    }

    /** @param lockFiles must stay in place, because other processes rely on them */
    SqliteFiles(List<Path> lockFiles) {
        this.lockFiles = lockFiles.stream()
                .map(path -> WatchedFile.now(path, "database's lock file"))
                .toList();
    }

    /** Registers a connection that has read from the database. */
    synchronized void opened(Connection connection) throws SQLException {
        Optional<Path> file = connections == 0 ? file(connection) : Optional.empty();
        if (file.isPresent()) {
            Path path = file.get();
            main = main.or(() -> Optional.of(WatchedFile.now(path, "database's file")));
            logs = List.of(
                    WatchedFile.now(beside(path, "-wal"), "database's write-ahead log (the -wal file)"),
                    WatchedFile.now(beside(path, "-shm"), "index of the database's write-ahead log (the -shm file)"));
        }
        connections++;
    }

    /** Removes a closed connection. */
    synchronized void closed() {
        connections--;
        if (connections == 0) {
            logs = List.of();
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** The database's file; empty if the database is in memory. */
    private static Optional<Path> file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            String file = row.next() ? row.getString("file") : "";
            return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        }
    }

    /** Does the same as {@link #requireUnchanged}, but accepts a check that is a few milliseconds old. */
    void requireRecentlyUnchanged() throws SQLException {
        if (System.nanoTime() - checked >= CHECK_INTERVAL_NANOS) {
            requireUnchanged();
        }
    }

    /** @throws DatabaseFileChangedException if a file has changed */
    void requireUnchanged() throws SQLException {
        long now = System.nanoTime();
        Optional<String> change = change();
        if (change.isPresent()) {
            throw new DatabaseFileChangedException(change.get());
        }
        checked = now;
    }

    /** How a file has changed, as the beginning of a sentence; empty if none has. */
    Optional<String> change() {
        return main.flatMap(WatchedFile::change).or(() -> firstChange(logs)).or(() -> firstChange(lockFiles));
    }

    private static Optional<String> firstChange(List<WatchedFile> files) {
        return files.stream().map(WatchedFile::change).flatMap(Optional::stream).findFirst();
    }
}
