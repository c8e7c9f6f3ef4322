package dev.onward.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that the benchmark runs on. */
public record Machine(int cores, String processor, double memoryGibibytes, String kernel) {

    public static Machine detect() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                value("/proc/cpuinfo", "model name"),
                Double.parseDouble(value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024 / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            throw new BenchException("The benchmark needs " + file + ", which is there on Linux only", e);
        }
    }

    public String text() {
        return String.format("%d cores of %s, %.0f GiB, %s", cores, processor, memoryGibibytes, kernel);
    }
}
