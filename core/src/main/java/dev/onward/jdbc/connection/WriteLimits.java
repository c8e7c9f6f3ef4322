package dev.onward.jdbc.connection;

import java.time.Duration;

/**
 * Limits for work on PostgreSQL. SQLite has its own limits.
 *
 * @param lockWait how long one statement waits for a lock, and so occupies its connection; after that, the work is
 *     retried for as long as {@code Transactions.RETRY_TIME}. Zero means no limit
 * @param commitWait how long a commit may take, including its wait for a synchronous standby; zero means no limit
 */
public record WriteLimits(Duration lockWait, Duration commitWait) {

    /** @throws IllegalArgumentException if a limit is negative */
    public WriteLimits {
        if (lockWait.isNegative() || commitWait.isNegative()) {
            throw new IllegalArgumentException("a wait cannot be negative");
        }
    }

    /** Limits for a server, whose callers wait for responses. */
    public static WriteLimits forServing() {
        return new WriteLimits(Duration.ofMillis(200), Duration.ofSeconds(15));
    }

    /** No limits, for work such as migrations. */
    public static WriteLimits forWork() {
        return new WriteLimits(Duration.ZERO, Duration.ZERO);
    }

    /** A copy with another limit for commits. */
    public WriteLimits withCommitWait(Duration commitWait) {
        return new WriteLimits(lockWait, commitWait);
    }
}
