package dev.onward.bench;

import java.util.List;
import java.util.Map;

/** How cleanup is asked for: the one place that knows its commands. */
record CleanupInvocation(BenchEnvironment stage, SessionTable table) {
    /** How many sessions a batch of Onward's holds, for the same DELETEs in psql. */
    static final int BATCH = 500;

    private static final List<String> HOURS = List.of("--hours", "24");

    /** As fast as it can, to its end. */
    void fullSpeed() {
        stage.launcher().run("cleanup", "--db", table.url(), "--full-speed", HOURS.getFirst(), HOURS.getLast());
    }

    /** As the schedule does it, beside the visitors, until it is ended. */
    ChildProgram paced() {
        return stage.commands()
                .start(
                        Map.of(),
                        stage.launcher()
                                .command(List.of("cleanup", "--db", table.url(), HOURS.getFirst(), HOURS.getLast())),
                        "cleanup");
    }

    /** The yardstick. */
    void inPsql() {
        table.run("psql-cleanup.sql", Map.of("batch", BATCH));
    }
}
