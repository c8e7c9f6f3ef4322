package dev.onward.retention;

import java.time.Duration;

/** How a cleanup of many batches shares the database with everybody else. */
public enum Throttle {
    /** Rests after each batch four times as long as it took: a fifth of the time is the cleanup's. */
    GENTLE(4, 1, 1),
    /** Several batches at once and others right behind them, for a database that nobody else needs now. */
    FULL_SPEED(0, 20, 4);

    private final int rests;
    private final int batches;
    private final int atOnce;

    Throttle(int rests, int batches, int atOnce) {
        this.rests = rests;
        this.batches = batches;
        this.atOnce = atOnce;
    }

    /** How many batches are chosen together. */
    int batches() {
        return batches;
    }

    /** How many of them are deleted at the same time. */
    int atOnce() {
        return atOnce;
    }

    /** For how long to rest after work that took so long. */
    Duration restAfter(Duration work) {
        return work.multipliedBy(rests);
    }
}
