package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.List;

/** The server's CPU time per status, against a response that needs no database. */
final class CpuPerRequest implements Measurement {
    private final LoadRounds statuses = new LoadRounds();
    private final LoadRounds liveRounds = new LoadRounds();

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(2);
    }

    @Override
    public void round(BenchEnvironment environment) {
        ServerUnderTest server = environment.server();
        environment.table().reset();
        environment.print("  statuses, 64 connections");
        statuses.add(environment.load(server, environment.statuses(environment.table())));
        environment.print("  /health/live, 64 connections");
        liveRounds.add(environment.load(server, BenchEnvironment.live()));
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.ratio(
                "server CPU per status ÷ per /health/live",
                Unit.MICROSECONDS,
                statuses.cpuMicros(),
                liveRounds.cpuMicros(),
                Target.atMost(1.6)));
    }
}
