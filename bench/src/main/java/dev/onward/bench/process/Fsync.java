package dev.onward.bench.process;

import dev.onward.bench.report.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Measures how long the disk takes to make 8 KiB durable. */
public final class Fsync {
    private static final int TIMES = 300;
    private static final int BYTES = 8192;

    private Fsync() {}

    /** The result in microseconds. */
    public static Spread measure(Path folder) {
        Path file = folder.resolve("fsync");
        List<Double> took = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES), 0);
                channel.force(false);
                took.add((System.nanoTime() - begin) / 1000.0);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Spread.of(took);
    }
}
