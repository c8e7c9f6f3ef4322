package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SessionTable;
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

/** Reading a session's status, against the same SELECT in pgbench. */
final class Statuses implements Measurement {
    private final LoadRounds onward = new LoadRounds();
    private final LoadRounds unbatched = new LoadRounds();
    private final List<Double> yardstick = new ArrayList<>();

    @Override
    public String name() {
        return "status";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.plusSeconds(1).multipliedBy(2 + Pgbench.CLIENTS.size()).plusSeconds(5);
    }

    @Override
    public void round(BenchEnvironment environment) {
        ServerUnderTest server = environment.server();
        Optional<ServerUnderTest> other = environment.unbatched();
        SessionTable table = environment.table();
        table.reset();
        environment.print("  statuses, 64 connections");
        onward.add(environment.load(server, environment.statuses(table)));
        yardstick.add(
                new BestPgbench(environment, "SELECT", environment.resources().file("pgbench-select.sql"))
                        .of(_ -> Map.of("sessions", table.sessions())));
        if (other.isPresent()) {
            environment.print("  statuses, 64 connections, unbatched");
            unbatched.add(environment.load(other.get(), environment.statuses(table)));
        }
    }

    @Override
    public List<ReportRow> lines() {
        List<ReportRow> lines = new ArrayList<>(List.of(
                ReportRow.ratio(
                        "statuses ÷ pgbench SELECT",
                        Unit.PER_SECOND,
                        onward.perSecond(),
                        yardstick,
                        Target.atLeast(1.0)),
                ReportRow.value(
                        "p99 of statuses, 64 connections", onward.p99Millis(), Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.info("server CPU per status", Unit.MICROSECONDS, onward.cpuMicros())));
        lines.add(
                unbatched.none()
                        ? ReportRow.notMeasured("statuses, batched ÷ unbatched", NO_BATCHING)
                        : ReportRow.infoRatio(
                                "statuses, batched ÷ unbatched",
                                Unit.PER_SECOND,
                                onward.perSecond(),
                                unbatched.perSecond()));
        return lines;
    }
}
