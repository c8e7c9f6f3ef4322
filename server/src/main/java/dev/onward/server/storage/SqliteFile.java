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

/** The file of an SQLite database. What is made for it, its owner alone may read. */
record SqliteFile(DataSource connections) implements ConnectionSource {
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Makes the folder and the file where they are missing.
     *
     * @throws StorageException where that is impossible
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
        // Ours are not generated; to ask for them would be a query more with every write.
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

    /** SQLite names its log after the file, so two names would lead to two logs, and one of them is lost. */
    private static void requireOneName(Path file) {
        int names = names(file);
        if (names > 1) {
            throw new StorageException("The database file " + file + " has " + names + " names (hard links), which"
                    + " SQLite does not support: writes would be lost. Find them with: find FOLDER -samefile " + file
                    + ". Keep one of them.");
        }
    }

    /** Reads them without opening the file; 1 where the file system does not count them. */
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
     * SQLite gives the files beside it the rights of the first. Only one thread at a time may do this: SQLite's locks
     * are this process's, and to close the file here would give those up that another thread's connection holds.
     */
    private static synchronized void make(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, OWNERS_FILE));
        } catch (FileAlreadyExistsException e) {
            // It holds the data of earlier days.
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
