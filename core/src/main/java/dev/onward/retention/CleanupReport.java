package dev.onward.retention;

import java.time.Instant;

/** What one run of cleanup did. */
public record CleanupReport(int deletedCount, RetentionHours hours, Instant cutoffTime) {}
