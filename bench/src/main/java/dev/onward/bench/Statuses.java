package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a session stands, beside the same SELECT. */
final class Statuses implements Measurement {
    private final LoadRounds ours = new LoadRounds();
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
    public void round(BenchEnvironment stage) {
        ServerUnderTest server = stage.server();
        Optional<ServerUnderTest> other = stage.unbatched();
        SessionTable table = stage.table();
        table.reset();
        stage.say("  statuses, 64 connections");
        ours.add(stage.load(server, stage.statuses(table)));
        yardstick.add(new BestPgbench(stage, "SELECT", stage.resources().file("pgbench-select.sql"))
                .of(_ -> Map.of("sessions", table.sessions())));
        if (other.isPresent()) {
            stage.say("  statuses, 64 connections, unbatched");
            unbatched.add(stage.load(other.get(), stage.statuses(table)));
        }
    }

    @Override
    public List<ReportRow> lines() {
        List<ReportRow> lines = new ArrayList<>(List.of(
                ReportRow.ratio(
                        "statuses ÷ pgbench SELECT", Unit.PER_SECOND, ours.perSecond(), yardstick, Target.atLeast(1.0)),
                ReportRow.value(
                        "p99 of statuses, 64 connections", ours.p99Millis(), Target.atMost(10, Unit.MILLISECONDS)),
                ReportRow.told("server CPU per status", Unit.MICROSECONDS, ours.cpuMicros())));
        lines.add(
                unbatched.none()
                        ? ReportRow.leftOut("statuses, batched ÷ unbatched", NO_BATCHING)
                        : ReportRow.toldRatio(
                                "statuses, batched ÷ unbatched",
                                Unit.PER_SECOND,
                                ours.perSecond(),
                                unbatched.perSecond()));
        return lines;
    }
}
