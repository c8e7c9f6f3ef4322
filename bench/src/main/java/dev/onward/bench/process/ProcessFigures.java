package dev.onward.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The CPU time and memory of a process, read from {@code /proc}. */
public record ProcessFigures(long pid) {
    /** The unit of CPU times in {@code /proc}; it is the same on every Linux that Java runs on. */
    private static final long TICKS_PER_SECOND = 100;

    /** CPU time on all cores, kernel time included. */
    public Duration cpu() {
        return cpu(read("stat"));
    }

    public static Duration cpu(String stat) {
        // The second field, the name in parentheses, may contain spaces; utime and stime are the 14th and 15th.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        long ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** The current resident memory. */
    public double residentMebibytes() {
        return mebibytes(read("status"), "VmRSS");
    }

    /** The peak resident memory. */
    public double peakMebibytes() {
        return mebibytes(read("status"), "VmHWM");
    }

    public static double mebibytes(String status, String field) {
        return status.lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    public List<String> commandLine() {
        return Arrays.asList(read("cmdline").split("\0", 0));
    }

    private String read(String file) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
