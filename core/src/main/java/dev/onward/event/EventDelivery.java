package dev.onward.event;

import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one listener, at least once and in order. Any number of nodes may run it with the same name: only
 * one of them delivers at a time.
 *
 * <p>{@link #runOnce} is not thread-safe; all other methods are.
 */
public final class EventDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);

    /** After a crash, another node takes over when the lease has ended. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** The maximum age of the saved cursor. A crash repeats at most the events of this period, and the current one. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(1);

    private static final int PAGE = 500;

    private final String name;
    private final OnboardingListener listener;
    private final EventReader reader;
    private final EventCursors cursors;
    private final String owner;
    private final Duration lease;

    private volatile boolean stopped;
    private volatile boolean delivering;

    /** Whether this node has logged the current failures. */
    private boolean reported;

    /**
     * @param owner identifies this delivery among those with the same name: unique
     * @param lease how long other nodes wait for a node that has crashed
     */
    public EventDelivery(
            String name,
            OnboardingListener listener,
            EventReader reader,
            EventCursors cursors,
            String owner,
            Duration lease) {
        this.name = name;
        this.listener = listener;
        this.reader = reader;
        this.cursors = cursors;
        this.owner = owner;
        this.lease = lease;
    }

    public String name() {
        return name;
    }

    /** The result of a run. */
    public enum DeliveryResult {
        /** There is no event to deliver, another node delivers, or the next attempt has to wait. */
        NOTHING,
        /** It delivered events. There may be more. */
        DELIVERED,
        /** The listener threw. */
        FAILED
    }

    /**
     * Delivers the next page of events. Blocks until the listener has returned. Throws the store's exceptions if the
     * database cannot be reached; events delivered since the last save are then delivered again.
     */
    public DeliveryResult runOnce() {
        boolean waiting = cursors.available(name, owner)
                .filter(cursor -> !reader.after(cursor, 1).isEmpty())
                .isPresent();
        if (stopped || !waiting) {
            return DeliveryResult.NOTHING;
        }
        Optional<CursorClaim> claim = cursors.claim(name, owner, lease);
        if (claim.isEmpty()) {
            return DeliveryResult.NOTHING;
        }
        delivering = true;
        try {
            return deliver(claim.get());
        } finally {
            delivering = false;
        }
    }

    private DeliveryResult deliver(CursorClaim claim) {
        reported = reported && claim.failures() > 0;
        CursorClaim done = claim;
        long savedAt = System.nanoTime();
        List<PositionedEvent> page = reader.after(claim.cursor(), PAGE);
        for (PositionedEvent next : page) {
            if (stopped) {
                break;
            }
            Optional<Throwable> failure = call(next.event());
            if (failure.isPresent()) {
                return failed(done, next.event(), failure.get());
            }
            if (done.failures() > 0) {
                LOG.info("Listener {} works again after {} failed attempts", name, done.failures());
            }
            done = new CursorClaim(next.cursor(), 0);
            if (System.nanoTime() - savedAt > SAVE_EVERY.toNanos()) {
                if (!cursors.advance(name, owner, done, lease)) {
                    return leaseLost();
                }
                savedAt = System.nanoTime();
            }
        }
        if (!cursors.release(name, owner, done, Duration.ZERO)) {
            return leaseLost();
        }
        return done.equals(claim) ? DeliveryResult.NOTHING : DeliveryResult.DELIVERED;
    }

    /** Catches everything, because a listener's failure must not affect anything else. */
    private Optional<Throwable> call(OnboardingEvent event) {
        try {
            listener.onEvent(event);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        } finally {
            // The interrupt was meant for the listener, and must not disturb saving the cursor.
            Thread.interrupted();
        }
    }

    private DeliveryResult failed(CursorClaim done, OnboardingEvent event, Throwable failure) {
        int failures = done.failures() + 1;
        Duration pause = RetryPause.after(failures);
        boolean leaseHeld = cursors.release(name, owner, new CursorClaim(done.cursor(), failures), pause);
        if (reported || stopped) {
            LOG.debug("Listener {} failed {} times in a row at event {}", name, failures, event.id(), failure);
        } else {
            reported = true;
            LOG.warn(
                    "Listener {} failed at event {} ({}). It gets no later event until it handles this one; next attempt"
                            + " in {}",
                    name,
                    event.id(),
                    event.type(),
                    pause,
                    failure);
        }
        return leaseHeld ? DeliveryResult.FAILED : leaseLost();
    }

    private DeliveryResult leaseLost() {
        LOG.warn(
                "Listener {}: this node lost its turn, for example by a long pause. Some events may be delivered twice",
                name);
        return DeliveryResult.NOTHING;
    }

    /** Keeps other nodes from taking over while the listener runs. */
    public void extendLease() {
        if (delivering) {
            cursors.extend(name, owner, lease);
        }
    }

    /** Delivers no further event, not even the rest of the page. Does not wait. */
    public void stop() {
        stopped = true;
    }
}
