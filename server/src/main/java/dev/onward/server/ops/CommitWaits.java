package dev.onward.server.ops;

import dev.onward.jdbc.connection.AbandonedCommits;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Commits that took longer than {@code commit_wait}, as metrics and as a part of readiness. */
public final class CommitWaits {
    private CommitWaits() {}

    /** Registers the metrics. */
    public static void measure(MeterRegistry meters, AbandonedCommits commits) {
        FunctionCounter.builder("onward.commits.abandoned", commits, AbandonedCommits::total)
                .description("Commits that exceeded commit_wait; their callers got outcome_unknown")
                .register(meters);
        Gauge.builder("onward.commits.waiting", commits, AbandonedCommits::waiting)
                .description("Abandoned commits that PostgreSQL is still waiting for, each on its own connection")
                .strongReference(true)
                .register(meters);
    }

    /** Not ready while so many commits are pending that writes are rejected. */
    public static ReadinessPart part(AbandonedCommits commits) {
        int waiting = commits.waiting();
        String detail = waiting == 0
                ? "confirmed in time"
                : waiting + " of at most " + AbandonedCommits.LIMIT
                        + " took longer than commit_wait and still wait: ask PostgreSQL whether its synchronous standby"
                        + " is connected (pg_stat_replication)";
        return new ReadinessPart("commits", !commits.refusesWrites(), detail);
    }
}
