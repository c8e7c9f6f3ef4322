package dev.onward.event;

import java.time.Duration;

/** The pause before a failed listener is called again. */
final class RetryPause {
    private static final Duration MAX = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;

    private RetryPause() {}

    /** One second, doubled after each failure, up to five minutes. */
    static Duration after(int failures) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, DOUBLINGS));
        return doubled.compareTo(MAX) < 0 ? doubled : MAX;
    }
}
