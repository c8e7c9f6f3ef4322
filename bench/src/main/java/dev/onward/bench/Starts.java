package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New sessions, each with its event, beside bare rows of the same table with its indexes. */
final class Starts implements Measurement {
    private final LoadRounds ours = new LoadRounds();
    private final LoadRounds unbatched = new LoadRounds();
    private final List<Double> yardstick = new ArrayList<>();

    @Override
    public String name() {
        return "start";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.plusSeconds(5).multipliedBy(2 + Pgbench.CLIENTS.size());
    }

    @Override
    public void round(BenchEnvironment stage) {
        ServerUnderTest server = stage.server();
        stage.table().reset();
        stage.say("  starts, 64 connections");
        ours.add(stage.load(server, BenchEnvironment.starts()));
        yardstick.add(new BestPgbench(stage, "INSERT", stage.resources().file("pgbench-insert.sql")).of(_ -> {
            stage.table().reset();
            return Map.of();
        }));
        Optional<ServerUnderTest> other = stage.unbatched();
        if (other.isPresent()) {
            stage.table().reset();
            stage.say("  starts, 64 connections, unbatched");
            unbatched.add(stage.load(other.get(), BenchEnvironment.starts()));
        }
    }

    @Override
    public List<ReportRow> lines() {
        List<ReportRow> lines = new ArrayList<>(List.of(
                ReportRow.ratio(
                        "starts ÷ pgbench INSERT", Unit.PER_SECOND, ours.perSecond(), yardstick, Target.atLeast(1.6)),
                ReportRow.value(
                        "p99 of starts, 64 connections", ours.p99Millis(), Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.told("server CPU per start", Unit.MICROSECONDS, ours.cpuMicros())));
        lines.add(
                unbatched.none()
                        ? ReportRow.leftOut("starts, batched ÷ unbatched", NO_BATCHING)
                        : ReportRow.toldRatio(
                                "starts, batched ÷ unbatched",
                                Unit.PER_SECOND,
                                ours.perSecond(),
                                unbatched.perSecond()));
        return lines;
    }
}
