package dev.onward.server.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many calls of the API are under way at once, so that they do not pile up behind a database that hangs.
 * Health, metrics and pages stay outside: they are what one looks at then.
 */
final class ConcurrencyLimit {
    private static final String BOUNDED = "/api/";

    private final Semaphore permits;

    ConcurrencyLimit(int most, MeterRegistry metrics) {
        this.permits = new Semaphore(most);
        Gauge.builder("onward.http.requests.active", permits, free -> most - free.availablePermits())
                .description("API calls in progress")
                .register(metrics);
    }

    /** @throws ApiException where too many calls are under way */
    Response answer(Route route, Request call) {
        if (!route.pattern().startsWith(BOUNDED)) {
            return route.handler().answer(call);
        }
        if (!permits.tryAcquire()) {
            throw new ApiException(ProblemCode.BUSY, "The server is overloaded. Retry in a moment.");
        }
        try {
            return route.handler().answer(call);
        } finally {
            permits.release();
        }
    }
}
