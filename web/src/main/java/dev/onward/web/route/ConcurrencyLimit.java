package dev.onward.web.route;

import dev.onward.web.http.Response;
import dev.onward.web.problem.ApiException;
import dev.onward.web.request.RoutedRequest;
import java.util.concurrent.Semaphore;

/**
 * Limits the number of concurrent API requests, so that they do not pile up behind a hanging database. Health, metrics
 * and pages are not limited, because operators need them most at such a time.
 */
public final class ConcurrencyLimit {
    private static final String LIMITED = "/api/";

    private final int max;
    private final Semaphore permits;

    public ConcurrencyLimit(int max) {
        this.max = max;
        this.permits = new Semaphore(max);
    }

    /** The number of API requests that are being handled now. */
    public int active() {
        return max - permits.availablePermits();
    }

    /** @throws ApiException if the limit is reached */
    public Response answer(Route route, RoutedRequest request) {
        if (!route.pattern().startsWith(LIMITED)) {
            return route.handler().answer(request);
        }
        if (!permits.tryAcquire()) {
            throw ApiException.busy();
        }
        try {
            return route.handler().answer(request);
        } finally {
            permits.release();
        }
    }
}
