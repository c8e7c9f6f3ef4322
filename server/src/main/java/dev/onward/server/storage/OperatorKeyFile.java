package dev.onward.server.storage;

import dev.onward.server.config.DatabaseUrl;
import dev.onward.web.access.OperatorKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the operator's key, in the folder of the SQLite file. It is generated once and readable by its owner
 * only.
 */
public final class OperatorKeyFile {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    private OperatorKeyFile(Path file) {
        this.file = file;
    }

    /** The file; empty on PostgreSQL. */
    public static Optional<OperatorKeyFile> of(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.Sqlite(Path database) ->
                Optional.of(new OperatorKeyFile(database.resolveSibling("operator.key")));
            case DatabaseUrl.Postgres _ -> Optional.empty();
        };
    }

    public Path path() {
        return file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Whether other users may read or write it; false if the file system has no permissions. */
    public boolean readableByOthers() {
        try {
            return !OWNERS.containsAll(Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads the key, or generates one. Only one process at a time may call this.
     *
     * @throws StorageException if the file cannot be read or created, or is damaged
     */
    public OperatorKey read() {
        try {
            if (!exists()) {
                make();
            }
            return OperatorKey.of(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    "The operator's key in " + file + " is damaged: it has fewer than " + OperatorKey.MIN_LENGTH
                            + " characters. Delete the file, and the next start generates a new key.",
                    e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Creates the file atomically. */
    private void make() throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n";
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), SqliteFile.ownersOnly(draft))) {
            channel.write(StandardCharsets.US_ASCII.encode(key));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private StorageException unreadable(IOException cause) {
        return new StorageException(
                "The operator's key in " + file + " cannot be read or created. Make it accessible to this user,"
                        + " or set ONWARD_OPERATOR_KEY.",
                cause);
    }
}
