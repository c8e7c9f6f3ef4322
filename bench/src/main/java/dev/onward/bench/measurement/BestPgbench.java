package dev.onward.bench.measurement;

import dev.onward.bench.load.Pgbench;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;

/** The best result of pgbench over several client counts. */
record BestPgbench(BenchEnvironment environment, String what, Path script) {

    /** @param prepare prepares the database for a number of clients, and returns the script's variables */
    double of(IntFunction<Map<String, ?>> prepare) {
        double best = 0;
        for (int clients : Pgbench.CLIENTS) {
            Map<String, ?> variables = prepare.apply(clients);
            environment.print("  pgbench " + what + ", " + clients + " clients");
            best = Math.max(best, environment.pgbench().run(script, clients, environment.seconds(), variables));
        }
        return best;
    }
}
