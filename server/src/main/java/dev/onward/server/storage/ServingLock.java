package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Sees to it that one server at a time serves an SQLite file: {@code <file>.lock} is locked as long as it does. The
 * operating system gives it free when the process ends, however it ends.
 */
public final class ServingLock implements AutoCloseable {
    private final FileChannel channel;

    private ServingLock(FileChannel channel) {
        this.channel = channel;
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

    private static ServingLock take(Path file) {
        SqliteFile.makeFolder(file);
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(
                    lockFile,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    SqliteFile.ownersOnly(lockFile));
            if (!locked(channel)) {
                String holder = holder(channel);
                channel.close();
                throw new StorageException("Another Onward" + holder + " is serving " + file
                        + " already. Use that one, stop it, or name another file with --db sqlite:FILE.");
            }
            sign(channel);
            return new ServingLock(channel);
        } catch (IOException e) {
            throw SqliteFile.unwritable(file, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            return lock.isPresent();
        } catch (OverlappingFileLockException e) {
            return false;
        }
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
        }
    }
}
