package dev.onward.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. Thread-safe. */
public final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public SettableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** The current time in the unit of {@link System#nanoTime}. */
    public long nanoTime() {
        Instant time = now.get();
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    public void set(Instant time) {
        now.set(time);
    }

    public void advance(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }
}
