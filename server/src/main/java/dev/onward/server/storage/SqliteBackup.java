package dev.onward.server.storage;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * Backs up and restores an SQLite database with SQLite's backup API. It opens database files through SQLite only,
 * because closing one in another way would release the locks that SQLite holds in this process.
 */
public final class SqliteBackup {
    /** Copies everything in one read transaction: the copy is consistent although others write. */
    private static final int ALL_PAGES = -1;

    private static final int PAUSE_MILLIS = 100;
    private static final int MAX_PAUSES = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DatabaseUrl.Sqlite database;

    public SqliteBackup(DatabaseUrl.Sqlite database) {
        this.database = database;
    }

    /**
     * The result of a restore.
     *
     * @param before a backup of the replaced database; empty if there was none
     * @param behind whether the schema must be migrated
     */
    public record Restored(Optional<Path> before, boolean behind) {}

    /**
     * Writes a consistent copy of the database to a new file that only its owner can read. A server may run and write.
     * The file appears under its name only when it is complete.
     *
     * @throws StorageException if the file exists or cannot be written, or the database cannot be read
     */
    public void backUp(Path file) {
        if (Files.exists(file)) {
            throw new StorageException("The file " + file + " already exists. Name another one, or delete it first.");
        }
        try {
            Path partial = ownersFile(file);
            try {
                copy(database.file(), partial);
                seal(partial);
                Files.move(partial, file);
            } finally {
                delete(partial);
            }
        } catch (FileAlreadyExistsException e) {
            throw new StorageException(
                    "The file " + file + " already exists. Name another one, or delete it first.", e);
        } catch (IOException e) {
            throw new StorageException(
                    "The backup cannot be written to " + file + ": its folder is missing, is not"
                            + " writable or is full. Name another file.",
                    e);
        }
    }

    /**
     * Replaces the content of the database with that of a backup, in one transaction, after backing up the current
     * content. No server can start during a restore.
     *
     * @throws StorageException if a server is running, or the file is not a backup of Onward
     * @throws dev.onward.jdbc.transaction.DatabaseException if the schema of the backup is newer than this Onward and
     * not compatible
     */
    public Restored restore(Path backup) {
        if (!Files.isRegularFile(backup)) {
            throw new StorageException("There is no file " + backup + ". Name a backup file.");
        }
        try (ServingLock _ = ServingLock.take(database).orElseThrow()) {
            Path staging = ownersFile(database.file());
            try {
                copy(backup, staging);
                seal(staging);
                Migrations.Schema schema = schema(staging, backup);
                Optional<Path> before = keepExisting();
                SqliteFile.prepare(database.file());
                overwrite(staging);
                return new Restored(before, !schema.pending().isEmpty());
            } finally {
                delete(staging);
            }
        } catch (IOException e) {
            throw SqliteFile.unwritable(database.file(), e);
        }
    }

    private static Migrations.Schema schema(Path copy, Path backup) {
        try (Storage storage = Storage.forWork(DatabaseAccess.to(new DatabaseUrl.Sqlite(copy)))) {
            Migrations.Schema schema = storage.database().migrations().schema();
            schema.requireUsable();
            if (schema.untouched()) {
                throw new StorageException(backup + " is not a backup of Onward: it has no history of migrations.");
            }
            return schema;
        }
    }

    private Optional<Path> keepExisting() throws IOException {
        Path file = database.file();
        if (!Files.exists(file) || Files.size(file) == 0) {
            return Optional.empty();
        }
        Path before = file.resolveSibling(file.getFileName() + ".before-restore-" + TIME.format(Instant.now()));
        try {
            backUp(before);
        } catch (StorageException e) {
            throw new StorageException(
                    "The current database " + file + " cannot be backed up before it is replaced: " + e.getMessage()
                            + " To restore without that backup, first move it away with its -wal and -shm files.",
                    e);
        }
        return Optional.of(before);
    }

    private static Path ownersFile(Path target) throws IOException {
        Path folder = SqliteFile.folder(target);
        return Files.createTempFile(folder, target.getFileName().toString(), ".partial", SqliteFile.ownersOnly(target));
    }

    private static void copy(Path source, Path target) {
        try (Connection connection = open(source)) {
            requireDone(
                    connection
                            .unwrap(SQLiteConnection.class)
                            .getDatabase()
                            .backup("main", target.toString(), null, PAUSE_MILLIS, MAX_PAUSES, ALL_PAGES),
                    source);
        } catch (SQLException e) {
            throw unreadable(source, e.getErrorCode(), e);
        }
    }

    private void overwrite(Path source) {
        try (Connection connection = open(database.file())) {
            requireDone(
                    connection
                            .unwrap(SQLiteConnection.class)
                            .getDatabase()
                            .restore("main", source.toString(), null, PAUSE_MILLIS, MAX_PAUSES, ALL_PAGES),
                    database.file());
        } catch (SQLException e) {
            throw unreadable(database.file(), e.getErrorCode(), e);
        }
    }

    /** Checks a copy, and turns it into a single file, which can also be read on a read-only file system. */
    private static void seal(Path file) {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
            try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!row.next() || !row.getString(1).equals("ok")) {
                    throw new StorageException(
                            "The data is damaged (PRAGMA quick_check), so it was not copied. Restore a backup from"
                                    + " before, or repair it with the sqlite3 command .recover");
                }
            }
        } catch (SQLException e) {
            throw unreadable(file, e.getErrorCode(), e);
        }
    }

    private static Connection open(Path file) throws SQLException {
        SqliteLibrary.load();
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        source.setBusyTimeout(PAUSE_MILLIS * MAX_PAUSES);
        return source.getConnection();
    }

    private static void requireDone(int resultCode, Path file) {
        if (resultCode != 0) {
            throw unreadable(file, resultCode, new SQLException("result code " + resultCode));
        }
    }

    private static StorageException unreadable(Path file, int resultCode, SQLException cause) {
        String why = switch (resultCode & 0xff) {
            case 5, 6 -> " is locked by another process. Try again";
            case 13 -> " cannot be copied: the disk is full. Free some space";
            case 11, 26 -> " is not an SQLite database, or is damaged";
            default -> " cannot be copied (SQLite's result code " + resultCode + "). Check its rights and the disk";
        };
        return new StorageException(file + why + ".", cause);
    }

    /** Deletes a copy and SQLite's files beside it. */
    private static void delete(Path copy) throws IOException {
        for (String ending : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + ending));
        }
    }
}
