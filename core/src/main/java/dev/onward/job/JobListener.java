package dev.onward.job;

/** Receives what the background jobs did, for example to count it. Called by the thread of the job. */
public interface JobListener {
    /** A listener that ignores everything. */
    JobListener NONE = new JobListener() {};

    /** Sessions that other software wrote have got their events. */
    default void backfilled(int sessions) {}

    /** Abandoned sessions were deleted. */
    default void deleted(int sessions) {}

    /** Old idempotency records were deleted. */
    default void idempotencyRecordsDeleted(int records) {}

    /** Open sessions were moved to a newly released flow version. */
    default void moved(int sessions) {}

    /** Open sessions could not be moved. The next pass tries again. */
    default void notMoved(int sessions) {}
}
