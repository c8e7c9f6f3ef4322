package dev.onward.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** New sessions on SQLite, where each commit waits for the disk, beside the server without batching. */
final class SqliteStarts implements Measurement {
    private final LoadRounds ours = new LoadRounds();
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
    public void round(BenchEnvironment stage) {
        stage.say("  starts on SQLite");
        ours.add(run(stage, "sqlite", stage.launcher()::execute));
        if (stage.batches()) {
            stage.say("  starts on SQLite, unbatched");
            unbatched.add(run(stage, "sqlite-unbatched", stage.launcher()::serveUnbatched));
        }
    }

    /** On a new file each time, since two servers do not share one. */
    private static LoadRounds.LoadRound run(
            BenchEnvironment stage, String name, BiFunction<String, String, ServerUnderTest> start) {
        String named = name + "-" + stage.round();
        ServerUnderTest server = start.apply(named, "sqlite:" + stage.folder().resolve(named + ".db"));
        stage.wrk().run(server, BenchEnvironment.starts(), Math.toIntExact(BenchEnvironment.WARMING.toSeconds()));
        LoadRounds.LoadRound run = stage.load(server, BenchEnvironment.starts());
        stage.launcher().stop(server);
        return run;
    }

    @Override
    public List<ReportRow> lines() {
        String what = "SQLite: starts, batched ÷ unbatched";
        return List.of(
                unbatched.none()
                        ? ReportRow.leftOut(what, NO_BATCHING)
                        : ReportRow.ratio(
                                what, Unit.PER_SECOND, ours.perSecond(), unbatched.perSecond(), Target.atLeast(5)),
                ReportRow.value(
                        "SQLite: p99 of starts, 64 connections",
                        ours.p99Millis(),
                        Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.told("SQLite: server CPU per start", Unit.MICROSECONDS, ours.cpuMicros()));
    }
}
