package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.load.Wrk;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.ChildProgram;
import dev.onward.bench.process.PollingDelay;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.List;

/** The latency of requests while a cleanup runs. */
final class CleanupLatency implements Measurement {
    private final LoadRounds during = new LoadRounds();
    private final LoadRounds quiet = new LoadRounds();

    @Override
    public String name() {
        return "big-calm";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(2).plusSeconds(60);
    }

    @Override
    public void round(BenchEnvironment environment) {
        BigTable big = environment.bigTable();
        ServerUnderTest server = environment.bigServer();
        big.abandon();
        Wrk.Script statuses = environment.statuses(big.table());
        environment.print("  statuses, no other load");
        quiet.add(environment.load(server, statuses));
        environment.print("  statuses during a cleanup");
        ChildProgram cleanup = new CleanupInvocation(environment, big.table()).throttled();
        awaitFirstDeletion(big, cleanup);
        during.add(environment.load(server, statuses));
        boolean lasted = cleanup.process().isAlive();
        environment.commands().end(cleanup);
        if (!lasted) {
            throw new BenchException("The cleanup ended before the load did. Use shorter runs (--seconds) or more"
                    + " sessions (--sessions)\n" + cleanup.output());
        }
    }

    /** Waits for the first deletion, so that the start of its JVM is not measured. */
    private static void awaitFirstDeletion(BigTable big, ChildProgram cleanup) {
        long before = big.sessions() / 10;
        while (big.abandoned() >= before) {
            if (!cleanup.process().isAlive()) {
                throw new BenchException("The cleanup deleted no sessions:\n" + cleanup.output());
            }
            PollingDelay.sleep();
        }
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(ReportRow.ratio(
                "big table: p99 of statuses during cleanup ÷ quiet",
                Unit.MILLISECONDS,
                during.p99Millis(),
                quiet.p99Millis(),
                Target.atMost(2)));
    }
}
