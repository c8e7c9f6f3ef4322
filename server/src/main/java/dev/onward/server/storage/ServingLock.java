package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Allows one server at a time to serve an SQLite file, by a lock on {@code <file>.lock}. The operating system releases
 * it when the process ends.
 */
public final class ServingLock implements AutoCloseable {
    /**
     * The lock files of this process, by their real path. The operating system's locks belong to the process: opening
     * and closing a locked file once more would release its lock.
     */
    private static final Set<Path> LOCKED_FILES = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ServingLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The file that must not be moved or deleted while the lock is held. */
    public Path file() {
        return file;
    }

    /**
     * Takes the lock; empty on PostgreSQL, where any number of servers may run.
     *
     * @throws StorageException if another server holds it
     */
    public static Optional<ServingLock> take(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite(Path file) -> Optional.of(take(file));
            case DatabaseUrl.Postgres _ -> Optional.empty();
        };
    }

    private static ServingLock take(Path database) {
        SqliteFile.makeFolder(database);
        try {
            Path real = real(database);
            Path file = real.resolveSibling(real.getFileName() + ".lock");
            if (!LOCKED_FILES.add(file)) {
                throw locked(database, " (process " + ProcessHandle.current().pid() + ")");
            }
            boolean locked = false;
            try {
                ServingLock lock = lock(file, database);
                locked = true;
                return lock;
            } finally {
                if (!locked) {
                    LOCKED_FILES.remove(file);
                }
            }
        } catch (IOException e) {
            throw SqliteFile.unwritable(database, e);
        }
    }

    /** Resolves symbolic links, so that each file has one lock. */
    private static Path real(Path database) throws IOException {
        return Files.exists(database)
                ? database.toRealPath()
                : SqliteFile.folder(database).toRealPath().resolve(database.getFileName());
    }

    private static ServingLock lock(Path file, Path database) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                SqliteFile.ownersOnly(file));
        Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
        if (lock.isEmpty()) {
            String holder = holder(channel);
            channel.close();
            throw locked(database, holder);
        }
        sign(channel);
        return new ServingLock(file, channel);
    }

    private static StorageException locked(Path database, String holder) {
        return new StorageException("Another Onward" + holder + " is serving " + database
                + ". Stop it, or name another file with --db sqlite:FILE.");
    }

    private static void sign(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String process =
                StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return process.isEmpty() ? "" : " (process " + process + ")";
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new StorageException("The lock cannot be released", e);
        } finally {
            LOCKED_FILES.remove(file);
        }
    }
}
