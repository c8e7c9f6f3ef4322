package dev.onward.server.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many calls of the API are under way at once, so that they do not pile up behind a database that hangs.
 * Health, metrics and pages stay outside: they are what one looks at then.
 */
final class Bound implements Filter {
    private static final String BOUNDED = "/api/";

    private final Semaphore permits;

    Bound(int most, MeterRegistry metrics) {
        this.permits = new Semaphore(most);
        Gauge.builder("onward.http.requests.active", permits, free -> most - free.availablePermits())
                .description("Calls of the API that are under way")
                .register(metrics);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.path().path().startsWith(BOUNDED)) {
            chain.proceed();
            return;
        }
        if (!permits.tryAcquire()) {
            throw new Refusal(ProblemCode.BUSY, "The server has too much to do already. Repeat in a moment.");
        }
        try {
            chain.proceed();
        } finally {
            permits.release();
        }
    }
}
