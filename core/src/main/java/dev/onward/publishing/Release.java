package dev.onward.publishing;

import java.time.Instant;
import java.util.Optional;

/**
 * A version that became current, and how far the sessions under way have been brought there.
 *
 * @param finishedAt when there was nothing left to move, or a newer release took over; empty while it is worked off
 * @param moved how many sessions were moved
 * @param leftBehind how many could not be
 */
public record Release(
        String id,
        String flow,
        int version,
        Instant releasedAt,
        Optional<Instant> finishedAt,
        long moved,
        long leftBehind) {}
