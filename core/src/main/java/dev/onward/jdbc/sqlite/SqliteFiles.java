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
 * The files of a SQLite database that is open. SQLite goes on writing to a file that was deleted or replaced, where
 * nobody will find it again, and a file with two names gets two logs; so whoever works with the database first checks
 * that its files are still the same, and checks again before a commit is reported. Thread-safe.
 */
final class SqliteFiles {
    private static final long FRESH = Duration.ofMillis(5).toNanos();

    private final List<Watched> lockFiles;

    private volatile Optional<Watched> main = Optional.empty();

    /** The log and its index stay the same while a connection is open; the last one that closes deletes them. */
    private volatile List<Watched> logs = List.of();

    private volatile long checked = System.nanoTime() - FRESH;
    private int connections;

    /** A file and what it was. */
    private record Watched(Path path, String name, FileIdentity identity) {
        static Watched now(Path path, String name) {
            return new Watched(path, name, FileIdentity.of(path));
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

    /** @param lockFiles that others respect as long as they stay in place */
    SqliteFiles(List<Path> lockFiles) {
        this.lockFiles = lockFiles.stream()
                .map(path -> Watched.now(path, "database's lock file"))
                .toList();
    }

    /** Takes note of a connection that has read from the database. */
    synchronized void opened(Connection connection) throws SQLException {
        Optional<Path> file = connections == 0 ? file(connection) : Optional.empty();
        if (file.isPresent()) {
            Path path = file.get();
            main = main.or(() -> Optional.of(Watched.now(path, "database's file")));
            logs = List.of(
                    Watched.now(beside(path, "-wal"), "database's write-ahead log (the -wal file)"),
                    Watched.now(beside(path, "-shm"), "index of the database's write-ahead log (the -shm file)"));
        }
        connections++;
    }

    /** Takes note that such a connection is closed. */
    synchronized void closed() {
        connections--;
        if (connections == 0) {
            logs = List.of();
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /** Empty where the database is in memory. */
    private static Optional<Path> file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            String file = row.next() ? row.getString("file") : "";
            return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        }
    }

    /** The same as {@link #requireInPlace}, which may have been checked a few milliseconds ago. */
    void requireSeenInPlace() throws SQLException {
        if (System.nanoTime() - checked >= FRESH) {
            requireInPlace();
        }
    }

    /** @throws DatabaseFileChangedException where a file is not what it was */
    void requireInPlace() throws SQLException {
        long now = System.nanoTime();
        Optional<String> change = change();
        if (change.isPresent()) {
            throw new DatabaseFileChangedException(change.get());
        }
        checked = now;
    }

    /** What has become of a file, as the beginning of a sentence; empty where all are what they were. */
    Optional<String> change() {
        return main.flatMap(Watched::change).or(() -> firstChange(logs)).or(() -> firstChange(lockFiles));
    }

    private static Optional<String> firstChange(List<Watched> files) {
        return files.stream().map(Watched::change).flatMap(Optional::stream).findFirst();
    }
}
