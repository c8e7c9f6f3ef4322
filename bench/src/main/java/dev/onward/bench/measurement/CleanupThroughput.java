package dev.onward.bench.measurement;

import dev.onward.bench.process.BenchException;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Deleting the abandoned sessions of a big table at full speed, against the same DELETEs in psql. */
final class CleanupThroughput implements Measurement {
    private final List<Double> onward = new ArrayList<>();
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
    public void round(BenchEnvironment environment) {
        CleanupInvocation invocation =
                new CleanupInvocation(environment, environment.bigTable().table());
        environment.print("  cleanup at full speed");
        onward.add(perSecond(environment.bigTable(), invocation::fullSpeed));
        environment.print("  the same DELETEs in psql");
        yardstick.add(perSecond(environment.bigTable(), invocation::inPsql));
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
            throw new BenchException("The cleanup left " + left + " of " + before + " abandoned sessions");
        }
        return before / seconds;
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.ratio(
                "big table: cleanup ÷ the same DELETEs in psql",
                Unit.PER_SECOND,
                onward,
                yardstick,
                Target.atLeast(0.8)));
    }
}
