package dev.onward.job;

import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.retention.RetentionHours;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Backfills the events of sessions that other software wrote, then deletes abandoned sessions, old idempotency records,
 * and K-Blocks without a session. Thread-safe; several nodes may run it at once.
 */
public final class Housekeeping {
    private final IntSupplier backfill;
    private final IntSupplier orphans;
    private final AbandonedSessionCleanup cleanup;
    private final IdempotencyRecordCleanup idempotencyRecords;
    private final RetentionHours hours;
    private final JobListener listener;

    /** The result of a run. */
    public record HousekeepingReport(int backfilled, int deleted, int idempotencyRecords) {}

    /**
     * @param backfill writes the events and profiles of other software's sessions, and returns the number of sessions
     * @param orphans deletes K-Blocks without a session, and returns the number of sessions to which they belonged
     */
    public Housekeeping(
            IntSupplier backfill,
            IntSupplier orphans,
            AbandonedSessionCleanup cleanup,
            IdempotencyRecordCleanup idempotencyRecords,
            RetentionHours hours,
            JobListener listener) {
        this.backfill = backfill;
        this.orphans = orphans;
        this.cleanup = cleanup;
        this.idempotencyRecords = idempotencyRecords;
        this.hours = hours;
        this.listener = listener;
    }

    /**
     * Runs all parts once. If a part fails, the others still run. Blocks until the last part has ended.
     *
     * @throws RuntimeException the first part's failure; later failures are suppressed in it
     */
    public HousekeepingReport runOnce() {
        List<RuntimeException> failures = new ArrayList<>();
        int backfilled = run(backfill, failures);
        listener.backfilled(backfilled);
        int deleted = run(() -> cleanup.run(hours).deletedCount(), failures);
        listener.deleted(deleted);
        int records = run(idempotencyRecords::run, failures);
        listener.idempotencyRecordsDeleted(records);
        run(orphans, failures);
        if (!failures.isEmpty()) {
            RuntimeException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
        return new HousekeepingReport(backfilled, deleted, records);
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
