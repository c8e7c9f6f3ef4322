package dev.onward.server.jobs;

import dev.onward.retention.Cleanup;
import dev.onward.retention.CleanupReport;
import dev.onward.retention.ReceiptCleanup;
import dev.onward.retention.RetentionHours;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** Takes in what other software wrote, then deletes what is abandoned, and receipts that are old. Thread-safe. */
public final class Housekeeping {
    private final IntSupplier takeIn;
    private final Cleanup cleanup;
    private final ReceiptCleanup receipts;
    private final RetentionHours hours;
    private final Counter takenIn;
    private final Counter deleted;
    private final Counter forgotten;

    /** What one run did. */
    public record Report(int takenIn, int deleted, int receipts) {}

    /** @param takeIn gives what other software wrote its events and profiles, and says how many sessions that were */
    public Housekeeping(
            IntSupplier takeIn, Cleanup cleanup, ReceiptCleanup receipts, RetentionHours hours, MeterRegistry meters) {
        this.takeIn = takeIn;
        this.cleanup = cleanup;
        this.receipts = receipts;
        this.hours = hours;
        this.takenIn = Counter.builder("onward.sessions.taken.in")
                .description("Sessions of other software that were given their events")
                .register(meters);
        this.deleted = Counter.builder("onward.sessions.deleted")
                .description("Abandoned sessions that this server's schedule deleted")
                .register(meters);
        this.forgotten = Counter.builder("onward.receipts.deleted")
                .description("Answers kept for repeats of a request that this server's schedule deleted")
                .register(meters);
    }

    /** One run; throws what the stores throw, and keeps what was done until then. */
    public Report runOnce() {
        int taken = takeIn.getAsInt();
        takenIn.increment(taken);
        CleanupReport report = cleanup.run(hours);
        deleted.increment(report.deletedCount());
        int old = receipts.run();
        forgotten.increment(old);
        return new Report(taken, report.deletedCount(), old);
    }
}
