package dev.onward.bench.measurement;

import dev.onward.bench.environment.SessionTable;
import dev.onward.bench.process.ChildProgram;
import java.util.List;
import java.util.Map;

/** Runs cleanup: the only class that knows its commands. */
record CleanupInvocation(BenchEnvironment environment, SessionTable table) {
    /** Onward's batch size, also used for the DELETEs in psql. */
    static final int BATCH = 500;

    private static final List<String> HOURS = List.of("--hours", "24");

    /** Runs cleanup at full speed to its end. */
    void fullSpeed() {
        environment.launcher().run("cleanup", "--db", table.url(), "--full-speed", HOURS.getFirst(), HOURS.getLast());
    }

    /** Starts a throttled cleanup, as the schedule runs it. */
    ChildProgram throttled() {
        return environment
                .commands()
                .start(
                        Map.of(),
                        environment
                                .launcher()
                                .command(List.of("cleanup", "--db", table.url(), HOURS.getFirst(), HOURS.getLast())),
                        "cleanup");
    }

    /** The yardstick: the same deletion in psql. */
    void inPsql() {
        table.run("psql-cleanup.sql", Map.of("batch", BATCH));
    }
}
