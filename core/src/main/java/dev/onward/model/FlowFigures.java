package dev.onward.model;

import java.util.List;

/**
 * How many people started, completed and dropped a flow. Deleted sessions keep counting.
 *
 * @param flow the flow's id
 * @param started all sessions
 * @param completed those that are completed
 * @param dropped those not completed, not dismissed, and created and last active longer ago than the flow's retention
 *     (24 hours where it has none)
 * @param dropOffs how many were dropped at each milestone, most first
 */
public record FlowFigures(String flow, long started, long completed, long dropped, List<DropOff> dropOffs) {

    /**
     * How many sessions were dropped at one milestone.
     *
     * @param step the milestone that was reached last
     * @param sessions how many
     */
    public record DropOff(String step, long sessions) {}

    /** Copies the list. */
    public FlowFigures {
        dropOffs = List.copyOf(dropOffs);
    }

    /** {@return the sessions that are neither completed nor dropped} */
    public long open() {
        return started - completed - dropped;
    }

    /** {@return completed / started, from 0 to 1; 0 if nobody started} */
    public double completionRate() {
        return started == 0 ? 0 : (double) completed / started;
    }
}
