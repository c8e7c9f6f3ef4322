package dev.onward.jdbc.connection;

import java.time.Duration;

/**
 * How long work on PostgreSQL may wait; SQLite has limits of its own.
 *
 * @param lockWait how long one statement waits for a lock, and keeps its connection from others; work is repeated after
 *     that, for about four seconds. Zero is no limit
 * @param commitWait how long a commit may take, including its wait for a synchronous standby; zero is no limit
 */
public record WriteLimits(Duration lockWait, Duration commitWait) {

    /** @throws IllegalArgumentException if a limit is negative */
    public WriteLimits {
        if (lockWait.isNegative() || commitWait.isNegative()) {
            throw new IllegalArgumentException("a wait cannot be negative");
        }
    }

    /** For a server, whose callers wait for answers. */
    public static WriteLimits forServing() {
        return new WriteLimits(Duration.ofMillis(200), Duration.ofSeconds(15));
    }

    /** For one piece of work, which may take as long as it takes. */
    public static WriteLimits forWork() {
        return new WriteLimits(Duration.ZERO, Duration.ZERO);
    }

    /** The same with another limit for commits. */
    public WriteLimits withCommitWait(Duration commitWait) {
        return new WriteLimits(lockWait, commitWait);
    }
}
