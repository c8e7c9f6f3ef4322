package dev.onward.retention;

import java.time.Duration;

/** How a cleanup of many batches shares the database with everybody else. */
public enum Pace {
    /** Rests after each batch four times as long as it took: a fifth of the time is the cleanup's. */
    GENTLE(4),
    /** One batch behind the other, for a database that nobody else needs now. */
    FULL_SPEED(0);

    private final int rests;

    Pace(int rests) {
        this.rests = rests;
    }

    /** For how long to rest after a batch that took so long. */
    Duration restAfter(Duration batch) {
        return batch.multipliedBy(rests);
    }
}
