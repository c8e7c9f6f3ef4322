package dev.onward.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What batching costs those who are alone: the median latency of one connection, beside the server without it. */
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
    public void round(BenchEnvironment stage) {
        ServerUnderTest server = stage.server();
        Optional<ServerUnderTest> other = stage.unbatched();
        SessionTable table = stage.table();
        table.reset();
        stage.say("  statuses, one connection");
        statuses.add(stage.alone(server, stage.statuses(table)));
        if (other.isPresent()) {
            statusesUnbatched.add(stage.alone(other.get(), stage.statuses(table)));
        }
        stage.say("  starts, one connection");
        starts.add(stage.alone(server, BenchEnvironment.starts()));
        if (other.isPresent()) {
            startsUnbatched.add(stage.alone(other.get(), BenchEnvironment.starts()));
        }
    }

    @Override
    public List<ReportRow> lines() {
        return List.of(
                line("status, one connection, batched ÷ unbatched", statuses, statusesUnbatched),
                line("start, one connection, batched ÷ unbatched", starts, startsUnbatched));
    }

    private static ReportRow line(String what, LoadRounds ours, LoadRounds unbatched) {
        return unbatched.none()
                ? ReportRow.leftOut(what, NO_BATCHING)
                : ReportRow.ratio(what, Unit.MICROSECONDS, ours.medianMicros(), unbatched.medianMicros(), TARGET);
    }
}
