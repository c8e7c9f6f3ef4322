package dev.onward.web.response;

import dev.onward.model.CleanupReport;
import java.time.Instant;

/** The response to {@code cleanup}. */
public record CleanupResponse(boolean success, int deletedCount, int cutoffHours, Instant cutoffTime) {

    public static CleanupResponse of(CleanupReport report) {
        return new CleanupResponse(true, report.deletedCount(), report.hours(), report.cutoffTime());
    }
}
