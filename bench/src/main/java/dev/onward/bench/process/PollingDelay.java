package dev.onward.bench.process;

import java.time.Duration;

/** A pause for polling, where there is no signal to wait for. */
public final class PollingDelay {
    private PollingDelay() {}

    public static void sleep() {
        of(Duration.ofMillis(10));
    }

    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }
}
