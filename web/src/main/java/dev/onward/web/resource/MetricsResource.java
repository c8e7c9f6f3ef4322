package dev.onward.web.resource;

import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Metrics for Prometheus. */
public final class MetricsResource {
    private final Supplier<String> metrics;

    public MetricsResource(Supplier<String> metrics) {
        this.metrics = metrics;
    }

    public Response scrape(RoutedRequest request) {
        return Response.of(
                200, "text/plain; version=0.0.4; charset=utf-8", metrics.get().getBytes(StandardCharsets.UTF_8));
    }
}
