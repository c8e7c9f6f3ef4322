package dev.onward.model;

import java.util.List;

/**
 * How a flow does. Deleted sessions count on as what they were.
 *
 * @param started all sessions
 * @param completed those that are completed
 * @param dropped those not completed, not dismissed, and created and last active longer ago than the flow's retention
 *     (24 hours where it has none)
 * @param dropOffs how many were dropped at each milestone, most first
 */
public record FlowFigures(String flow, long started, long completed, long dropped, List<DropOff> dropOffs) {

    /** How many were dropped with this milestone as their last. */
    public record DropOff(String step, long sessions) {}

    public FlowFigures {
        dropOffs = List.copyOf(dropOffs);
    }

    /** Sessions that are neither completed nor dropped. */
    public long open() {
        return started - completed - dropped;
    }

    /** completed / started, from 0 to 1; 0 where nobody started. */
    public double completionRate() {
        return started == 0 ? 0 : (double) completed / started;
    }
}
