package dev.onward.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe; no method blocks. */
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private TestClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /**
     * Creates a clock.
     *
     * @param start the time that it shows
     * @return the clock
     */
    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /**
     * Sets the time, forward or back.
     *
     * @param time the time that the clock shows from now on
     */
    public void set(Instant time) {
        now.set(time);
    }

    /**
     * Moves the time.
     *
     * @param duration how far; a negative duration moves it back
     */
    public void advance(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }
}
