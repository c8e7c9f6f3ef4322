package dev.onward.server.http;

import dev.onward.model.CleanupReport;
import java.time.Instant;

/** The answer to {@code cleanup}. */
record CleanupResponse(boolean success, int deletedCount, int cutoffHours, Instant cutoffTime) {

    static CleanupResponse of(CleanupReport report) {
        return new CleanupResponse(true, report.deletedCount(), report.hours(), report.cutoffTime());
    }
}
