package dev.onward.server.http;

import dev.onward.retention.CleanupReport;
import java.time.Instant;

/** The answer to {@code cleanup}. */
record CleanedUpView(boolean success, int deletedCount, int cutoffHours, Instant cutoffTime) {

    static CleanedUpView of(CleanupReport report) {
        return new CleanedUpView(true, report.deletedCount(), report.hours().value(), report.cutoffTime());
    }
}
