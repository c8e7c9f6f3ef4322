package dev.onward.server.ops;

import dev.onward.job.JobListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the results of background jobs. */
public final class JobMeters implements JobListener {
    private final Counter backfilled;
    private final Counter deleted;
    private final Counter idempotencyRecords;
    private final Counter moved;
    private final Counter notMoved;

    public JobMeters(MeterRegistry meters) {
        this.backfilled = Counter.builder("onward.sessions.backfilled")
                .description("Sessions of other software that were backfilled")
                .register(meters);
        this.deleted = Counter.builder("onward.sessions.deleted")
                .description("Abandoned sessions deleted by this server's schedule")
                .register(meters);
        this.idempotencyRecords = Counter.builder("onward.idempotency.records.deleted")
                .description("Expired idempotency records deleted by this server's schedule")
                .register(meters);
        this.moved = Counter.builder("onward.sessions.moved")
                .description("Open sessions that this server moved to a new flow version")
                .register(meters);
        this.notMoved = Counter.builder("onward.sessions.move.failures")
                .description("Failed attempts of this server to move an open session")
                .register(meters);
    }

    @Override
    public void backfilled(int sessions) {
        backfilled.increment(sessions);
    }

    @Override
    public void deleted(int sessions) {
        deleted.increment(sessions);
    }

    @Override
    public void idempotencyRecordsDeleted(int records) {
        idempotencyRecords.increment(records);
    }

    @Override
    public void moved(int sessions) {
        moved.increment(sessions);
    }

    @Override
    public void notMoved(int sessions) {
        notMoved.increment(sessions);
    }
}
