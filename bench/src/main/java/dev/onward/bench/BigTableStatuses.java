package dev.onward.bench;

import java.time.Duration;
import java.util.List;

/** Statuses and starts on a big table, beside those on the usual one. */
final class BigTableStatuses implements Measurement {
    private final LoadRounds big = new LoadRounds();
    private final LoadRounds usual = new LoadRounds();
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
    public void round(BenchEnvironment stage) {
        SessionTable large = stage.bigTable().table();
        SessionTable small = stage.table();
        small.reset();
        ServerUnderTest onLarge = stage.bigServer();
        ServerUnderTest onSmall = stage.server();
        stage.say("  statuses on the big table and the usual one, 64 connections");
        big.add(stage.load(onLarge, stage.statuses(large)));
        usual.add(stage.load(onSmall, stage.statuses(small)));
        stage.say("  the same, one connection");
        bigAlone.add(stage.alone(onLarge, stage.statuses(large)));
        usualAlone.add(stage.alone(onSmall, stage.statuses(small)));
        stage.say("  starts on both, 64 connections");
        bigStarts.add(stage.load(onLarge, BenchEnvironment.starts()));
        usualStarts.add(stage.load(onSmall, BenchEnvironment.starts()));
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
                        usual.medianMicros(),
                        Target.atMost(1.2)),
                ReportRow.toldRatio(
                        "big table: statuses ÷ at 100,000", Unit.PER_SECOND, big.perSecond(), usual.perSecond()),
                ReportRow.toldRatio(
                        "big table: starts ÷ at 100,000",
                        Unit.PER_SECOND,
                        bigStarts.perSecond(),
                        usualStarts.perSecond()));
    }
}
