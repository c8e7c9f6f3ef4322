package dev.onward.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** First declarations, beside a transaction of the same statements. Each takes a session that nobody has declared in. */
final class Declarations implements Measurement {
    /** Where it is faster, it is warm the sooner. */
    private static final int WARMING_RATE = 12_000;

    private static final int TRIAL_SECONDS = 2;
    /** Nobody is faster than that in the trial. */
    private static final int TRIAL_RATE = 30_000;
    /** How many more sessions are opened than the fastest run so far would use. */
    private static final double MARGIN = 2;

    private final LoadRounds ours = new LoadRounds();
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
    public void round(BenchEnvironment stage) {
        ServerUnderTest server = stage.server();
        if (fastest == 0) {
            stage.say("  warming the server with declarations");
            int warming = Math.toIntExact(BenchEnvironment.WARMING.toSeconds());
            stage.wrk().run(server, pool(stage, "warming", WARMING_RATE * warming), warming);
            stage.say("  declarations, a trial");
            fastest = stage.wrk()
                    .run(server, pool(stage, "trial", TRIAL_RATE * TRIAL_SECONDS), TRIAL_SECONDS)
                    .perSecond();
        }
        stage.say("  opening sessions to declare in");
        Wrk.Script script = pool(stage, "ours-" + stage.round(), needed(fastest, stage.seconds()));
        stage.say("  declarations, 64 connections");
        LoadRounds.LoadRound run = stage.load(server, script);
        ours.add(run);
        fastest = Math.max(fastest, run.load().perSecond());
        yardstick.add(yardstick(stage));
    }

    private double yardstick(BenchEnvironment stage) {
        Path script = stage.resources().file("pgbench-declare.sql");
        if (fastestYardstick == 0) {
            stage.say("  pgbench declaration, a trial");
            int clients = 16;
            fastestYardstick = stage.pgbench()
                    .run(
                            script,
                            clients,
                            TRIAL_SECONDS,
                            open(stage, "trial-pgbench", clients, TRIAL_RATE * TRIAL_SECONDS));
        }
        double best = new BestPgbench(stage, "declaration", script)
                .of(clients -> open(
                        stage,
                        "pgbench-" + stage.round() + "-" + clients,
                        clients,
                        needed(fastestYardstick, stage.seconds())));
        fastestYardstick = Math.max(fastestYardstick, best);
        return best;
    }

    private static int needed(double perSecond, int seconds) {
        return (int) (perSecond * seconds * MARGIN);
    }

    /** Opens sessions for wrk, and tells it of them in any order but that of the table. */
    private static Wrk.Script pool(BenchEnvironment stage, String pool, int sessions) {
        open(stage, pool, 1, sessions);
        String ids = SessionIds.opened(pool, 1, sessions).sorted().collect(Collectors.joining("\n"));
        return Wrk.Script.of("wrk-declare.lua", stage.resources().write("pool-ids", ids), Wrk.THREADS);
    }

    /** @return what the script of pgbench has to be told */
    private static Map<String, ?> open(BenchEnvironment stage, String pool, int clients, int sessions) {
        stage.table().reset();
        stage.table().open(pool, clients, sessions / clients);
        return Map.of("pool", pool, "n", 0);
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.ratio(
                        "first declarations ÷ pgbench transactions",
                        Unit.PER_SECOND,
                        ours.perSecond(),
                        yardstick,
                        Target.atLeast(2.5)),
                ReportRow.value(
                        "p99 of first declarations, 64 connections",
                        ours.p99Millis(),
                        Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.told("server CPU per first declaration", Unit.MICROSECONDS, ours.cpuMicros()));
    }
}
