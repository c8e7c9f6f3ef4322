package dev.onward.transition;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDs (RFC 9562) from a secure generator. */
final class UuidGenerator implements IdGenerator {
    private static final int TIME_STARTS_AT_BIT = 16;
    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000;
    private static final long COUNTER = 0x0fff;
    /** Leaves the upper half of the counter for ids that follow in the same millisecond. */
    private static final long RANDOM_START = 0x07ff;

    /** The milliseconds and the counter of the latest version 7 id. */
    private final AtomicLong latest = new AtomicLong();

    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }

    /** Version 7: 48 bits of Unix time in milliseconds, the version, a counter, and random bits. */
    @Override
    public String next(Instant at) {
        UUID random = UUID.randomUUID();
        long start = (at.toEpochMilli() << COUNTER_BITS) | (random.getMostSignificantBits() & RANDOM_START);
        long stamp = latest.updateAndGet(last -> Math.max(last + 1, start));
        long high = ((stamp >> COUNTER_BITS) << TIME_STARTS_AT_BIT) | VERSION_7 | (stamp & COUNTER);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
