package dev.onward.retention;

import java.time.Duration;

/** How much of the database's time a cleanup uses. */
public enum Throttle {
    /** Pauses after each batch four times as long as it took, so that cleanup uses a fifth of the time. */
    DEFAULT(4, 1, 1),
    /** Several concurrent batches without pauses, for a database without other users. */
    NONE(0, 20, 4);

    private final int rests;
    private final int batches;
    private final int atOnce;

    Throttle(int rests, int batches, int atOnce) {
        this.rests = rests;
        this.batches = batches;
        this.atOnce = atOnce;
    }

    /** The number of batches that are selected together. */
    int batches() {
        return batches;
    }

    /** The number of batches that are deleted concurrently. */
    int atOnce() {
        return atOnce;
    }

    /** The pause after work of this length. */
    Duration restAfter(Duration work) {
        return work.multipliedBy(rests);
    }
}
