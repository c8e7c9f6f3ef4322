package dev.onward.bench;

import java.time.Duration;
import java.util.List;

/** What visitors feel of a cleanup that runs beside them. */
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
    public void round(BenchEnvironment stage) {
        BigTable big = stage.bigTable();
        ServerUnderTest server = stage.bigServer();
        big.abandon();
        Wrk.Script statuses = stage.statuses(big.table());
        stage.say("  statuses, nothing else going on");
        quiet.add(stage.load(server, statuses));
        stage.say("  statuses beside a cleanup");
        ChildProgram cleanup = new CleanupInvocation(stage, big.table()).paced();
        awaitFirstDeletion(big, cleanup);
        during.add(stage.load(server, statuses));
        boolean lasted = cleanup.process().isAlive();
        stage.commands().end(cleanup);
        if (!lasted) {
            throw new BenchException("The cleanup was over before the load: take shorter runs (--seconds) or more"
                    + " sessions (--sessions)\n" + cleanup.said());
        }
    }

    /** How long its JVM takes to start is not measured. */
    private static void awaitFirstDeletion(BigTable big, ChildProgram cleanup) {
        long before = big.sessions() / 10;
        while (big.abandoned() >= before) {
            if (!cleanup.process().isAlive()) {
                throw new BenchException("The cleanup deleted nothing:\n" + cleanup.said());
            }
            PollingDelay.brief();
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
