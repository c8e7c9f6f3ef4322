package dev.onward.bench;

import java.util.List;
import java.util.stream.Stream;

/** All there is to measure. */
final class Measurements {
    private Measurements() {}

    /** Those that every run measures. */
    static List<Measurement> usual() {
        return List.of(
                new Starts(),
                new Statuses(),
                new Declarations(),
                new SingleConnectionLatency(),
                new NewConnections(),
                new CpuPerRequest(),
                new MemoryUsage(),
                new SqliteStarts(),
                new StartUp(BenchDatabase.SQLITE),
                new StartUp(BenchDatabase.POSTGRESQL));
    }

    /** Those on a big table, which takes minutes to fill. */
    static List<Measurement> big() {
        return List.of(new BigTableStatuses(), new CleanupThroughput(), new CleanupLatency());
    }

    static List<String> names() {
        return Stream.concat(usual().stream(), big().stream())
                .map(Measurement::name)
                .distinct()
                .toList();
    }
}
