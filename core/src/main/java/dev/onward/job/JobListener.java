package dev.onward.job;

/** Receives the results of background jobs, for example to count them. Called by the job's thread. */
public interface JobListener {
    /** A listener that ignores everything. */
    JobListener NONE = new JobListener() {};

    /** The events of sessions that other software wrote were backfilled. */
    default void backfilled(int sessions) {}

    /** Abandoned sessions were deleted. */
    default void deleted(int sessions) {}

    /** Old idempotency records were deleted. */
    default void idempotencyRecordsDeleted(int records) {}

    /** Open sessions were moved to a newly released flow version. */
    default void moved(int sessions) {}

    /** Open sessions could not be moved. The next pass retries them. */
    default void notMoved(int sessions) {}
}
