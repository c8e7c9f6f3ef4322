package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.load.Pgbench;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New sessions, each with its event, against bare INSERTs into the same table with its indexes. */
final class Starts implements Measurement {
    private final LoadRounds onward = new LoadRounds();
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
    public void round(BenchEnvironment environment) {
        ServerUnderTest server = environment.server();
        environment.table().reset();
        environment.print("  starts, 64 connections");
        onward.add(environment.load(server, BenchEnvironment.starts()));
        yardstick.add(
                new BestPgbench(environment, "INSERT", environment.resources().file("pgbench-insert.sql")).of(_ -> {
                    environment.table().reset();
                    return Map.of();
                }));
        Optional<ServerUnderTest> other = environment.unbatched();
        if (other.isPresent()) {
            environment.table().reset();
            environment.print("  starts, 64 connections, unbatched");
            unbatched.add(environment.load(other.get(), BenchEnvironment.starts()));
        }
    }

    @Override
    public List<ReportRow> lines() {
        List<ReportRow> lines = new ArrayList<>(List.of(
                ReportRow.ratio(
                        "starts ÷ pgbench INSERT", Unit.PER_SECOND, onward.perSecond(), yardstick, Target.atLeast(1.6)),
                ReportRow.value(
                        "p99 of starts, 64 connections", onward.p99Millis(), Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.info("server CPU per start", Unit.MICROSECONDS, onward.cpuMicros())));
        lines.add(
                unbatched.none()
                        ? ReportRow.notMeasured("starts, batched ÷ unbatched", NO_BATCHING)
                        : ReportRow.infoRatio(
                                "starts, batched ÷ unbatched",
                                Unit.PER_SECOND,
                                onward.perSecond(),
                                unbatched.perSecond()));
        return lines;
    }
}
