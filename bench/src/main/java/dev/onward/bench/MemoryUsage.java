package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of a new server: when nobody has asked for anything yet, and the most that load makes of it. */
final class MemoryUsage implements Measurement {
    private static final Duration CALM = Duration.ofSeconds(3);

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
        return run.multipliedBy(2).plus(CALM).plusSeconds(6);
    }

    @Override
    public void round(BenchEnvironment stage) {
        stage.table().reset();
        stage.say("  memory of a new server");
        ServerUnderTest server =
                stage.launcher().execute("memory", stage.table().url());
        PollingDelay.of(CALM);
        idle.add(server.figures().residentMebibytes());
        stage.load(server, stage.statuses(stage.table()));
        stage.load(server, BenchEnvironment.starts());
        loaded.add(server.figures().peakMebibytes());
        stage.launcher().stop(server);
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.value("resident memory, idle", idle, Target.atMost(150, Unit.MEBIBYTES)),
                ReportRow.value("resident memory under load", loaded, Target.atMost(350, Unit.MEBIBYTES)));
    }
}
