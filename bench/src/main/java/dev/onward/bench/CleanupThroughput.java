package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Deleting what is abandoned of a big table at full speed, beside the same DELETEs in psql. */
final class CleanupThroughput implements Measurement {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> yardstick = new ArrayList<>();

    @Override
    public String name() {
        return "big-cleanup";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return Duration.ofMinutes(4);
    }

    @Override
    public void round(BenchEnvironment stage) {
        CleanupInvocation door = new CleanupInvocation(stage, stage.bigTable().table());
        stage.say("  cleanup at full speed");
        ours.add(perSecond(stage.bigTable(), door::fullSpeed));
        stage.say("  the same DELETEs in psql");
        yardstick.add(perSecond(stage.bigTable(), door::inPsql));
    }

    /** Deleted rows per second. */
    private static double perSecond(BigTable table, Runnable cleanup) {
        table.abandon();
        long before = table.abandoned();
        long begin = System.nanoTime();
        cleanup.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long left = table.abandoned();
        if (left > 0) {
            throw new BenchException("cleanup left " + left + " of " + before + " abandoned sessions");
        }
        return before / seconds;
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.ratio(
                "big table: cleanup ÷ the same DELETEs in psql",
                Unit.PER_SECOND,
                ours,
                yardstick,
                Target.atLeast(0.8)));
    }
}
