package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** New sessions on SQLite, where each commit waits for the disk, with and without batching. */
final class SqliteStarts implements Measurement {
    private final LoadRounds onward = new LoadRounds();
    private final LoadRounds unbatched = new LoadRounds();

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.SQLITE;
    }

    @Override
    public Duration expected(Duration run) {
        return run.plus(BenchEnvironment.WARMING).plusSeconds(2).multipliedBy(2);
    }

    @Override
    public void round(BenchEnvironment environment) {
        environment.print("  starts on SQLite");
        onward.add(run(environment, "sqlite", environment.launcher()::execute));
        if (environment.batches()) {
            environment.print("  starts on SQLite, unbatched");
            unbatched.add(run(environment, "sqlite-unbatched", environment.launcher()::serveUnbatched));
        }
    }

    /** Uses a new file each time, because two servers cannot share one. */
    private static LoadRounds.LoadRound run(
            BenchEnvironment environment, String name, BiFunction<String, String, ServerUnderTest> start) {
        String named = name + "-" + environment.round();
        ServerUnderTest server =
                start.apply(named, "sqlite:" + environment.folder().resolve(named + ".db"));
        environment.wrk().run(server, BenchEnvironment.starts(), Math.toIntExact(BenchEnvironment.WARMING.toSeconds()));
        LoadRounds.LoadRound run = environment.load(server, BenchEnvironment.starts());
        environment.launcher().stop(server);
        return run;
    }

    @Override
    public List<ReportRow> lines() {
        String what = "SQLite: starts, batched ÷ unbatched";
        return List.of(
                unbatched.none()
                        ? ReportRow.notMeasured(what, NO_BATCHING)
                        : ReportRow.ratio(
                                what, Unit.PER_SECOND, onward.perSecond(), unbatched.perSecond(), Target.atLeast(5)),
                ReportRow.value(
                        "SQLite: p99 of starts, 64 connections",
                        onward.p99Millis(),
                        Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.info("SQLite: server CPU per start", Unit.MICROSECONDS, onward.cpuMicros()));
    }
}
