package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SessionIds;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.load.Pgbench;
import dev.onward.bench.load.Wrk;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * First declarations, against transactions of the same statements in pgbench. Each declaration needs a session without
 * one.
 */
final class Declarations implements Measurement {
    /** An estimate of the rate during warm-up, low enough to warm a faster server as well. */
    private static final int WARMING_RATE = 12_000;

    private static final int TRIAL_SECONDS = 2;
    /** An upper bound of the rate in the trial run. */
    private static final int TRIAL_RATE = 30_000;
    /** How many times more sessions to open than the fastest run so far would use. */
    private static final double SAFETY_FACTOR = 2;

    private final LoadRounds onward = new LoadRounds();
    private final List<Double> yardstick = new ArrayList<>();
    private double fastest;
    private double fastestYardstick;

    @Override
    public String name() {
        return "declare";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(2).plusSeconds(5).multipliedBy(1 + Pgbench.CLIENTS.size());
    }

    @Override
    public void round(BenchEnvironment environment) {
        ServerUnderTest server = environment.server();
        if (fastest == 0) {
            environment.print("  warming up the server with declarations");
            int warming = Math.toIntExact(BenchEnvironment.WARMING.toSeconds());
            environment.wrk().run(server, pool(environment, "warming", WARMING_RATE * warming), warming);
            environment.print("  declarations, trial run");
            fastest = environment
                    .wrk()
                    .run(server, pool(environment, "trial", TRIAL_RATE * TRIAL_SECONDS), TRIAL_SECONDS)
                    .perSecond();
        }
        environment.print("  opening sessions for declarations");
        Wrk.Script script = pool(environment, "ours-" + environment.round(), needed(fastest, environment.seconds()));
        environment.print("  declarations, 64 connections");
        LoadRounds.LoadRound run = environment.load(server, script);
        onward.add(run);
        fastest = Math.max(fastest, run.load().perSecond());
        yardstick.add(yardstick(environment));
    }

    private double yardstick(BenchEnvironment environment) {
        Path script = environment.resources().file("pgbench-declare.sql");
        if (fastestYardstick == 0) {
            environment.print("  pgbench declarations, trial run");
            int clients = 16;
            fastestYardstick = environment
                    .pgbench()
                    .run(
                            script,
                            clients,
                            TRIAL_SECONDS,
                            open(environment, "trial-pgbench", clients, TRIAL_RATE * TRIAL_SECONDS));
        }
        double best = new BestPgbench(environment, "declaration", script)
                .of(clients -> open(
                        environment,
                        "pgbench-" + environment.round() + "-" + clients,
                        clients,
                        needed(fastestYardstick, environment.seconds())));
        fastestYardstick = Math.max(fastestYardstick, best);
        return best;
    }

    private static int needed(double perSecond, int seconds) {
        return (int) (perSecond * seconds * SAFETY_FACTOR);
    }

    /** Opens sessions for wrk, and writes their ids in random order. */
    private static Wrk.Script pool(BenchEnvironment environment, String pool, int sessions) {
        open(environment, pool, 1, sessions);
        String ids = SessionIds.opened(pool, 1, sessions).sorted().collect(Collectors.joining("\n"));
        return Wrk.Script.of("wrk-declare.lua", environment.resources().write("pool-ids", ids), Wrk.THREADS);
    }

    /** @return the variables of the pgbench script */
    private static Map<String, ?> open(BenchEnvironment environment, String pool, int clients, int sessions) {
        environment.table().reset();
        environment.table().open(pool, clients, sessions / clients);
        return Map.of("pool", pool, "n", 0);
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.ratio(
                        "first declarations ÷ pgbench transactions",
                        Unit.PER_SECOND,
                        onward.perSecond(),
                        yardstick,
                        Target.atLeast(2.5)),
                ReportRow.value(
                        "p99 of first declarations, 64 connections",
                        onward.p99Millis(),
                        Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.info("server CPU per first declaration", Unit.MICROSECONDS, onward.cpuMicros()));
    }
}
