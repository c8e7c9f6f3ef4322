package dev.onward.publishing;

import java.time.Instant;
import java.util.Optional;

/**
 * A version that became current, and the progress of moving open sessions to it.
 *
 * @param finishedAt when no session was left to move, or a newer release began; empty while it is open
 * @param moved the number of moved sessions
 * @param leftBehind the number of sessions that could not be moved
 */
public record Release(
        String id,
        String flow,
        int version,
        Instant releasedAt,
        Optional<Instant> finishedAt,
        long moved,
        long leftBehind) {}
