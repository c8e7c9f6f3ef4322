package dev.onward.server.ops;

import dev.onward.logging.ExceptionSummary;
import dev.onward.model.OnboardingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An outage of the database: one log line when it begins, one when it ends, and metrics. Thread-safe. */
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** An outage ends after this long without a failure, so that an unstable connection counts as one outage. */
    static final Duration LOG_PAUSE = Duration.ofSeconds(5);

    private final BooleanSupplier writable;
    private final InstantSource clock;
    private final Counter failures;
    private volatile Optional<Current> current = Optional.empty();

    private record Current(Instant began, Instant lastFailure, long failures) {}

    /** @param writable checks that the database accepts writes */
    public Outage(BooleanSupplier writable, InstantSource clock, MeterRegistry meters) {
        this.writable = writable;
        this.clock = clock;
        this.failures = Counter.builder("onward.database.failures")
                .description("Requests and jobs that failed because the database was not available")
                .register(meters);
        Gauge.builder("onward.database.available", this, outage -> outage.current.isEmpty() ? 1 : 0)
                .description("1, or 0 during an outage of the database")
                .strongReference(true)
                .register(meters);
    }

    /** Whether a failure means that the database is not available. If so, it begins or prolongs an outage. */
    public boolean causes(Throwable failure) {
        return switch (failure) {
            case OnboardingException.StoreUnavailable unavailable -> failed(unavailable);
            case OnboardingException.OutcomeUnknown unknown -> failed(unknown);
            default -> false;
        };
    }

    private synchronized boolean failed(OnboardingException failure) {
        failures.increment();
        Instant now = clock.instant();
        if (current.isEmpty()) {
            LOG.warn(
                    "The database is unavailable: requests that need it get 503 until it is back. Cause: {}",
                    new ExceptionSummary(Optional.ofNullable(failure.getCause()).orElse(failure)).getMessage());
        }
        current = Optional.of(current.map(outage -> new Current(outage.began(), now, outage.failures() + 1))
                .orElseGet(() -> new Current(now, now, 1)));
        return true;
    }

    /**
     * Wraps a job, so that its failure is not logged if it belongs to this outage. The job returns whether it has more
     * to do.
     */
    public BooleanSupplier guard(BooleanSupplier job) {
        return () -> {
            try {
                return job.getAsBoolean();
            } catch (OnboardingException e) {
                if (!causes(e)) {
                    throw e;
                }
                return false;
            }
        };
    }

    /** Ends the outage if there was no failure for a while and the database accepts writes. Call it often. */
    public void check() {
        if (quiet() && writable.getAsBoolean()) {
            end();
        }
    }

    private boolean quiet() {
        return current.filter(
                        outage -> !clock.instant().isBefore(outage.lastFailure().plus(LOG_PAUSE)))
                .isPresent();
    }

    private synchronized void end() {
        if (quiet()) {
            current.ifPresent(outage -> LOG.info(
                    "The database is available again, after {} s and {} failed requests and jobs",
                    Duration.between(outage.began(), clock.instant()).toSeconds(),
                    outage.failures()));
            current = Optional.empty();
        }
    }
}
