package dev.onward.job;

import dev.onward.event.EventDelivery;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Delivers events to a listener: immediately after a commit of this process, and at an interval for other processes'
 * events. Not thread-safe, except for {@link #wake}.
 */
final class DeliveryJob implements Supplier<Duration> {
    /** A commit becomes readable when all older transactions have ended, which is usually soon. */
    private static final Duration MIN_PAUSE = Duration.ofMillis(20);

    private final EventDelivery delivery;
    private final Duration every;
    private Duration pause;
    private volatile boolean woken;

    DeliveryJob(EventDelivery delivery, Duration every) {
        this.delivery = delivery;
        this.every = every;
        this.pause = every;
    }

    /** Runs more often for a short time. */
    void wake() {
        woken = true;
    }

    /** Runs once. Returns the pause before the next run. */
    @Override
    public Duration get() {
        if (woken) {
            woken = false;
            pause = MIN_PAUSE;
        }
        return switch (delivery.runOnce()) {
            case DELIVERED -> {
                pause = MIN_PAUSE;
                yield Duration.ZERO;
            }
            case NOTHING -> {
                Duration next = pause;
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(every) < 0 ? doubled : every;
                yield next;
            }
            case FAILED -> every;
        };
    }
}
