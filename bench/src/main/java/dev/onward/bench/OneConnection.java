package dev.onward.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What batching costs those who are alone: the median latency of one connection, beside the server without it. */
final class OneConnection implements Measurement {
    private static final Target TARGET = Target.atMost(1.1);

    private final Runs statuses = new Runs();
    private final Runs starts = new Runs();
    private final Runs statusesUnbatched = new Runs();
    private final Runs startsUnbatched = new Runs();

    @Override
    public String name() {
        return "alone";
    }

    @Override
    public Kind database() {
        return Kind.POSTGRESQL;
    }

    @Override
    public Duration expected(Duration run) {
        return run.multipliedBy(4).plusSeconds(5);
    }

    @Override
    public void round(Stage stage) {
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
        starts.add(stage.alone(server, Stage.starts()));
        if (other.isPresent()) {
            startsUnbatched.add(stage.alone(other.get(), Stage.starts()));
        }
    }

    @Override
    public List<Line> lines() {
        return List.of(
                line("status, one connection, batched ÷ unbatched", statuses, statusesUnbatched),
                line("start, one connection, batched ÷ unbatched", starts, startsUnbatched));
    }

    private static Line line(String what, Runs ours, Runs unbatched) {
        return unbatched.none()
                ? Line.leftOut(what, NO_BATCHING)
                : Line.ratio(what, Unit.MICROSECONDS, ours.medianMicros(), unbatched.medianMicros(), TARGET);
    }
}
