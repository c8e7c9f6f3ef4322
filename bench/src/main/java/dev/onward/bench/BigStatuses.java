package dev.onward.bench;

import java.time.Duration;
import java.util.List;

/** Statuses and starts on a big table, beside those on the usual one. */
final class BigStatuses implements Measurement {
    private final Runs big = new Runs();
    private final Runs usual = new Runs();
    private final Runs bigAlone = new Runs();
    private final Runs usualAlone = new Runs();
    private final Runs bigStarts = new Runs();
    private final Runs usualStarts = new Runs();

    @Override
    public String name() {
        return "big-status";
    }

    @Override
    public Kind database() {
        return Kind.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(6).plusSeconds(10);
    }

    @Override
    public void round(Stage stage) {
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
        bigStarts.add(stage.load(onLarge, Stage.starts()));
        usualStarts.add(stage.load(onSmall, Stage.starts()));
    }

    @Override
    public List<Line> lines() {
        return List.of(
                Line.ratio(
                        "big table: status latency, one connection ÷ at 100,000",
                        Unit.MICROSECONDS,
                        bigAlone.medianMicros(),
                        usualAlone.medianMicros(),
                        Target.atMost(1.2)),
                Line.ratio(
                        "big table: status latency, 64 connections ÷ at 100,000",
                        Unit.MICROSECONDS,
                        big.medianMicros(),
                        usual.medianMicros(),
                        Target.atMost(1.2)),
                Line.toldRatio("big table: statuses ÷ at 100,000", Unit.PER_SECOND, big.perSecond(), usual.perSecond()),
                Line.toldRatio(
                        "big table: starts ÷ at 100,000",
                        Unit.PER_SECOND,
                        bigStarts.perSecond(),
                        usualStarts.perSecond()));
    }
}
