package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SessionTable;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.List;

/** Statuses and starts on a big table, against the standard table. */
final class BigTableStatuses implements Measurement {
    private final LoadRounds big = new LoadRounds();
    private final LoadRounds standard = new LoadRounds();
    private final LoadRounds bigAlone = new LoadRounds();
    private final LoadRounds usualAlone = new LoadRounds();
    private final LoadRounds bigStarts = new LoadRounds();
    private final LoadRounds usualStarts = new LoadRounds();

    @Override
    public String name() {
        return "big-status";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(6).plusSeconds(10);
    }

    @Override
    public void round(BenchEnvironment environment) {
        SessionTable large = environment.bigTable().table();
        SessionTable small = environment.table();
        small.reset();
        ServerUnderTest onLarge = environment.bigServer();
        ServerUnderTest onSmall = environment.server();
        environment.print("  statuses on the big table and the standard one, 64 connections");
        big.add(environment.load(onLarge, environment.statuses(large)));
        standard.add(environment.load(onSmall, environment.statuses(small)));
        environment.print("  the same, one connection");
        bigAlone.add(environment.singleConnection(onLarge, environment.statuses(large)));
        usualAlone.add(environment.singleConnection(onSmall, environment.statuses(small)));
        environment.print("  starts on both, 64 connections");
        bigStarts.add(environment.load(onLarge, BenchEnvironment.starts()));
        usualStarts.add(environment.load(onSmall, BenchEnvironment.starts()));
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                ReportRow.ratio(
                        "big table: status latency, one connection ÷ at 100,000",
                        Unit.MICROSECONDS,
                        bigAlone.medianMicros(),
                        usualAlone.medianMicros(),
                        Target.atMost(1.2)),
                ReportRow.ratio(
                        "big table: status latency, 64 connections ÷ at 100,000",
                        Unit.MICROSECONDS,
                        big.medianMicros(),
                        standard.medianMicros(),
                        Target.atMost(1.2)),
                ReportRow.infoRatio(
                        "big table: statuses ÷ at 100,000", Unit.PER_SECOND, big.perSecond(), standard.perSecond()),
                ReportRow.infoRatio(
                        "big table: starts ÷ at 100,000",
                        Unit.PER_SECOND,
                        bigStarts.perSecond(),
                        usualStarts.perSecond()));
    }
}
