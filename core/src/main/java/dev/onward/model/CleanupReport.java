package dev.onward.model;

import java.time.Instant;

/**
 * What one run of cleanup did.
 *
 * @param deletedCount how many abandoned sessions it deleted
 * @param hours the retention that the run applied
 * @param cutoffTime sessions of flows without a longer retention that were created and last active before this time are
 *     deleted
 */
public record CleanupReport(int deletedCount, int hours, Instant cutoffTime) {}
