package dev.onward.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;

/** The best that pgbench comes to, of several client counts. */
record BestPgbench(BenchEnvironment stage, String what, Path script) {

    /** @param prepare makes ready for so many clients, and answers the script's variables */
    double of(IntFunction<Map<String, ?>> prepare) {
        double best = 0;
        for (int clients : Pgbench.CLIENTS) {
            Map<String, ?> variables = prepare.apply(clients);
            stage.say("  pgbench " + what + ", " + clients + " clients");
            best = Math.max(best, stage.pgbench().run(script, clients, stage.seconds(), variables));
        }
        return best;
    }
}
