package dev.onward.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** New sessions on SQLite, where each commit waits for the disk, beside the server without batching. */
final class SqliteStarts implements Measurement {
    private final Runs ours = new Runs();
    private final Runs unbatched = new Runs();

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public Kind database() {
        return Kind.SQLITE;
    }

    @Override
    public Duration expected(Duration run) {
        return run.plus(Stage.WARMING).plusSeconds(2).multipliedBy(2);
    }

    @Override
    public void round(Stage stage) {
        stage.say("  starts on SQLite");
        ours.add(run(stage, "sqlite", stage.launcher()::serve));
        if (stage.batches()) {
            stage.say("  starts on SQLite, unbatched");
            unbatched.add(run(stage, "sqlite-unbatched", stage.launcher()::serveUnbatched));
        }
    }

    /** On a new file each time, since two servers do not share one. */
    private static Runs.Run run(Stage stage, String name, BiFunction<String, String, ServerUnderTest> start) {
        String named = name + "-" + stage.round();
        ServerUnderTest server = start.apply(named, "sqlite:" + stage.folder().resolve(named + ".db"));
        stage.wrk().run(server, Stage.starts(), Math.toIntExact(Stage.WARMING.toSeconds()));
        Runs.Run run = stage.load(server, Stage.starts());
        stage.launcher().stop(server);
        return run;
    }

    @Override
    public List<Line> lines() {
        String what = "SQLite: starts, batched ÷ unbatched";
        return List.of(
                unbatched.none()
                        ? Line.leftOut(what, NO_BATCHING)
                        : Line.ratio(what, Unit.PER_SECOND, ours.perSecond(), unbatched.perSecond(), Target.atLeast(5)),
                Line.value(
                        "SQLite: p99 of starts, 64 connections",
                        ours.p99Millis(),
                        Target.atMost(10, Unit.MILLISECONDS)),
                Line.told("SQLite: server CPU per start", Unit.MICROSECONDS, ours.cpuMicros()));
    }
}
