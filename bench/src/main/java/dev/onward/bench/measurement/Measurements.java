package dev.onward.bench.measurement;

import java.util.List;
import java.util.stream.Stream;

/** All measurements. */
public final class Measurements {
    private Measurements() {}

    /** The measurements of every run. */
    public static List<Measurement> standard() {
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

    /** The measurements on big tables, which take minutes to fill. */
    public static List<Measurement> big() {
        return List.of(new BigTableStatuses(), new CleanupThroughput(), new CleanupLatency(), new Adoption());
    }

    public static List<String> names() {
        return Stream.concat(standard().stream(), big().stream())
                .map(Measurement::name)
                .distinct()
                .toList();
    }
}
