package dev.onward.server.storage;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** The file of an SQLite database. New files are readable by their owner only. */
record SqliteFile(DataSource connections) implements ConnectionSource {
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Creates the folder and the file if they are missing.
     *
     * @throws StorageException if that fails
     */
    static SqliteFile prepare(Path file) {
        makeFolder(file);
        try {
            make(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
            throw new StorageException("The database file " + file
                    + " is not a writable file. Make it writable for this user, or name another with --db"
                    + " sqlite:FILE.");
        }
        requireOneName(file);
        SqliteLibrary.load();
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        // Onward generates its own keys; fetching generated keys would add a query to every write.
        source.setGetGeneratedKeys(false);
        return new SqliteFile(source);
    }

    @Override
    public Optional<HikariPoolMXBean> pool() {
        return Optional.empty();
    }

    @Override
    public boolean pooled() {
        return false;
    }

    @Override
    public void renew() {}

    @Override
    public void close() {}

    static void makeFolder(Path file) {
        try {
            Files.createDirectories(folder(file), attributes(file, OWNERS_FOLDER));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * SQLite names its log after the database file. A file with two names would have two logs, and one of them would be
     * lost.
     */
    private static void requireOneName(Path file) {
        int names = names(file);
        if (names > 1) {
            throw new StorageException("The database file " + file + " has " + names + " names (hard links), which"
                    + " SQLite does not support: writes would be lost. Find them with: find FOLDER -samefile " + file
                    + ". Keep one of them.");
        }
    }

    /** The number of the file's hard links, read without opening the file; 1 if the file system does not count them. */
    private static int names(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return 1;
        }
        try {
            return Files.getAttribute(file, "unix:nlink") instanceof Integer links ? links : 1;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Creates the file. SQLite's other files get the same permissions. Synchronized, because SQLite's locks belong to
     * the process: closing the file here would release those of another thread's connection.
     */
    private static synchronized void make(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, OWNERS_FILE));
        } catch (FileAlreadyExistsException e) {
            // The file contains existing data.
        }
    }

    static FileAttribute<?>[] ownersOnly(Path file) {
        return attributes(file, OWNERS_FILE);
    }

    static StorageException unwritable(Path file, IOException cause) {
        return new StorageException(
                "The folder " + folder(file)
                        + " cannot be created or written. Make it writable, or name a file elsewhere with --db"
                        + " sqlite:FILE.",
                cause);
    }

    static Path folder(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    private static FileAttribute<?>[] attributes(Path file, FileAttribute<?> rights) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {rights} : new FileAttribute<?>[0];
    }
}
