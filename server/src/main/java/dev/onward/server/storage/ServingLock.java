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
 * Sees to it that one server at a time serves an SQLite file: {@code <file>.lock} is locked as long as it does. The
 * operating system gives it free when the process ends, however it ends.
 */
public final class ServingLock implements AutoCloseable {
    /**
     * The lock files that this process holds, however their paths are written. The operating system's locks belong to a
     * process: to open and close a file that is locked already would give its lock free.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ServingLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The file that has to stay in place as long as this holds. */
    public Path file() {
        return file;
    }

    /**
     * Takes the lock; empty on PostgreSQL, which any number of servers may share.
     *
     * @throws StorageException where another server has it
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
            if (!HELD.add(file)) {
                throw taken(database, " (process " + ProcessHandle.current().pid() + ")");
            }
            boolean locked = false;
            try {
                ServingLock lock = lock(file, database);
                locked = true;
                return lock;
            } finally {
                if (!locked) {
                    HELD.remove(file);
                }
            }
        } catch (IOException e) {
            throw SqliteFile.unwritable(database, e);
        }
    }

    /** Symbolic links lead to one file, and so to one lock. */
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
            throw taken(database, holder);
        }
        sign(channel);
        return new ServingLock(file, channel);
    }

    private static StorageException taken(Path database, String holder) {
        return new StorageException("Another Onward" + holder + " is serving " + database
                + ". Use that one, stop it, or name another file with --db sqlite:FILE.");
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
            throw new StorageException("The lock cannot be given free", e);
        } finally {
            HELD.remove(file);
        }
    }
}
