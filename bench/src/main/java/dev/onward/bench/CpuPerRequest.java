package dev.onward.bench;

import java.time.Duration;
import java.util.List;

/** The server's processor time for a status, beside that for an answer which asks no database. */
final class CpuPerRequest implements Measurement {
    private final LoadRounds statuses = new LoadRounds();
    private final LoadRounds lives = new LoadRounds();

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
    public void round(BenchEnvironment stage) {
        ServerUnderTest server = stage.server();
        stage.table().reset();
        stage.say("  statuses, 64 connections");
        statuses.add(stage.load(server, stage.statuses(stage.table())));
        stage.say("  /health/live, 64 connections");
        lives.add(stage.load(server, BenchEnvironment.live()));
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.ratio(
                "server CPU per status ÷ per /health/live",
                Unit.MICROSECONDS,
                statuses.cpuMicros(),
                lives.cpuMicros(),
                Target.atMost(1.6)));
    }
}
