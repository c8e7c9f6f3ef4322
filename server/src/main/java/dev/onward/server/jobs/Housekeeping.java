package dev.onward.server.jobs;

import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.retention.RetentionHours;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Takes in what other software wrote, then deletes what is abandoned or left behind, and receipts that are old.
 * Thread-safe.
 */
public final class Housekeeping {
    private final IntSupplier backfill;
    private final IntSupplier orphans;
    private final AbandonedSessionCleanup cleanup;
    private final IdempotencyRecordCleanup idempotencyRecords;
    private final RetentionHours hours;
    private final Counter takenIn;
    private final Counter deleted;
    private final Counter forgotten;

    /** What one run did. */
    public record HousekeepingReport(int takenIn, int deleted, int idempotencyRecords) {}

    /**
     * @param backfill gives what other software wrote its events and profiles, and says how many sessions that were
     * @param orphans deletes what other software left behind, and says for how many sessions
     */
    public Housekeeping(
            IntSupplier backfill,
            IntSupplier orphans,
            AbandonedSessionCleanup cleanup,
            IdempotencyRecordCleanup idempotencyRecords,
            RetentionHours hours,
            MeterRegistry meters) {
        this.backfill = backfill;
        this.orphans = orphans;
        this.cleanup = cleanup;
        this.idempotencyRecords = idempotencyRecords;
        this.hours = hours;
        this.takenIn = Counter.builder("onward.sessions.taken.in")
                .description("Sessions of other software that were backfilled")
                .register(meters);
        this.deleted = Counter.builder("onward.sessions.deleted")
                .description("Abandoned sessions deleted by this server's schedule")
                .register(meters);
        this.forgotten = Counter.builder("onward.receipts.deleted")
                .description("Expired idempotency records deleted by this server's schedule")
                .register(meters);
    }

    /**
     * One run. All parts run, whatever becomes of the others.
     *
     * @throws RuntimeException what the first part that failed threw; what later ones threw is suppressed in it
     */
    public HousekeepingReport runOnce() {
        List<RuntimeException> failures = new ArrayList<>();
        int taken = run(backfill, failures);
        takenIn.increment(taken);
        int abandoned = run(() -> cleanup.run(hours).deletedCount(), failures);
        deleted.increment(abandoned);
        int old = run(idempotencyRecords::run, failures);
        forgotten.increment(old);
        run(orphans, failures);
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
        return new HousekeepingReport(taken, abandoned, old);
    }

    private static int run(IntSupplier part, List<RuntimeException> failures) {
        try {
            return part.getAsInt();
        } catch (RuntimeException e) {
            failures.add(e);
            return 0;
        }
    }
}
