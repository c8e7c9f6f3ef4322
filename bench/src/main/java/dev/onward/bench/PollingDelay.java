package dev.onward.bench;

import java.time.Duration;

/** Waiting, where there is nothing to wait on but time. */
final class PollingDelay {
    private PollingDelay() {}

    static void brief() {
        of(Duration.ofMillis(10));
    }

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }
}
