package dev.onward.transition;

import java.time.Instant;
import java.util.UUID;

/** UUIDs (RFC 9562) from a secure generator. */
final class UuidGenerator implements IdGenerator {
    private static final int TIME_STARTS_AT_BIT = 16;
    private static final long VERSION_7 = 0x7000;
    private static final long RANDOM = 0x0fff;

    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }

    /** Version 7: 48 bits of Unix time in milliseconds before the version, random bits behind it. */
    @Override
    public String next(Instant at) {
        UUID random = UUID.randomUUID();
        long high = (at.toEpochMilli() << TIME_STARTS_AT_BIT) | VERSION_7 | (random.getMostSignificantBits() & RANDOM);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
