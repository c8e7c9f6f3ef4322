package dev.onward.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder in memory, if the machine has one with enough space. */
final class Memory {
    private static final Path SHARED = Path.of("/dev/shm");
    private static final long MIN_FREE_BYTES = 2L << 30;

    private Memory() {}

    static Optional<Path> folder() {
        return Files.isWritable(SHARED) && usable() >= MIN_FREE_BYTES ? Optional.of(SHARED) : Optional.empty();
    }

    private static long usable() {
        try {
            return Files.getFileStore(SHARED).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
