package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.process.PollingDelay;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of a new server: before the first request, and the peak under load. */
final class MemoryUsage implements Measurement {
    private static final Duration IDLE_TIME = Duration.ofSeconds(3);

    private final List<Double> idle = new ArrayList<>();
    private final List<Double> loaded = new ArrayList<>();

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(2).plus(IDLE_TIME).plusSeconds(6);
    }

    @Override
    public void round(BenchEnvironment environment) {
        environment.table().reset();
        environment.print("  memory of a new server");
        ServerUnderTest server =
                environment.launcher().execute("memory", environment.table().url());
        PollingDelay.of(IDLE_TIME);
        idle.add(server.figures().residentMebibytes());
        environment.load(server, environment.statuses(environment.table()));
        environment.load(server, BenchEnvironment.starts());
        loaded.add(server.figures().peakMebibytes());
        environment.launcher().stop(server);
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.value("resident memory, idle", idle, Target.atMost(150, Unit.MEBIBYTES)),
                ReportRow.value("resident memory under load", loaded, Target.atMost(350, Unit.MEBIBYTES)));
    }
}
