package dev.onward.web.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times in requests: RFC 3339, with a year of four digits, and at most microseconds, as in the databases. */
public final class WireTimes {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private WireTimes() {}

    public static Optional<Instant> parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            boolean microseconds = !time.isBefore(EARLIEST)
                    && !time.isAfter(LATEST)
                    && time.equals(time.truncatedTo(ChronoUnit.MICROS));
            return microseconds ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
