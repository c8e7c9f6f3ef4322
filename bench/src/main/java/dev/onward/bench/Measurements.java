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
                new OneConnection(),
                new NewConnections(),
                new CpuPerRequest(),
                new Memory(),
                new SqliteStarts(),
                new StartUp(Kind.SQLITE),
                new StartUp(Kind.POSTGRESQL));
    }

    /** Those on a big table, which takes minutes to fill. */
    static List<Measurement> big() {
        return List.of(new BigStatuses(), new BigCleanup(), new BigCalm());
    }

    static List<String> names() {
        return Stream.concat(usual().stream(), big().stream())
                .map(Measurement::name)
                .distinct()
                .toList();
    }
}
