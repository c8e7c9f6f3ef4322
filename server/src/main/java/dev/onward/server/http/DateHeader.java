package dev.onward.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the header {@code Date}, formatted once a second. */
final class DateHeader {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static volatile Second latest = second(0);

    private record Second(long epoch, String text) {}

    private DateHeader() {}

    static String now() {
        long epoch = Instant.now().getEpochSecond();
        if (latest.epoch() != epoch) {
            latest = second(epoch);
        }
        return latest.text();
    }

    private static Second second(long epoch) {
        return new Second(epoch, FORMAT.format(Instant.ofEpochSecond(epoch)));
    }
}
