package dev.onward.bench.measurement;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SessionTable;
import dev.onward.bench.load.LoadRounds;
import dev.onward.bench.report.ReportRow;
import dev.onward.bench.report.Target;
import dev.onward.bench.report.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cost of batching without concurrency: the median latency of one connection, with and without batching. */
final class SingleConnectionLatency implements Measurement {
    private static final Target TARGET = Target.atMost(1.1);

    private final LoadRounds statuses = new LoadRounds();
    private final LoadRounds starts = new LoadRounds();
    private final LoadRounds statusesUnbatched = new LoadRounds();
    private final LoadRounds startsUnbatched = new LoadRounds();

    @Override
    public String name() {
        return "alone";
    }

    @Override
    public BenchDatabase database() {
        return BenchDatabase.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(4).plusSeconds(5);
    }

    @Override
    public void round(BenchEnvironment environment) {
        ServerUnderTest server = environment.server();
        Optional<ServerUnderTest> other = environment.unbatched();
        SessionTable table = environment.table();
        table.reset();
        environment.print("  statuses, one connection");
        statuses.add(environment.singleConnection(server, environment.statuses(table)));
        if (other.isPresent()) {
            statusesUnbatched.add(environment.singleConnection(other.get(), environment.statuses(table)));
        }
        environment.print("  starts, one connection");
        starts.add(environment.singleConnection(server, BenchEnvironment.starts()));
        if (other.isPresent()) {
            startsUnbatched.add(environment.singleConnection(other.get(), BenchEnvironment.starts()));
        }
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                line("status, one connection, batched ÷ unbatched", statuses, statusesUnbatched),
                line("start, one connection, batched ÷ unbatched", starts, startsUnbatched));
    }

    private static ReportRow line(String what, LoadRounds onward, LoadRounds unbatched) {
        return unbatched.none()
                ? ReportRow.notMeasured(what, NO_BATCHING)
                : ReportRow.ratio(what, Unit.MICROSECONDS, onward.medianMicros(), unbatched.medianMicros(), TARGET);
    }
}
