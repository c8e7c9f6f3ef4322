package dev.onward.web.resource;

import dev.onward.web.http.Response;
import dev.onward.web.request.RoutedRequest;
import dev.onward.web.response.ReadinessResponse;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Liveness and readiness. */
public final class HealthResource {
    private final Supplier<List<ReadinessPart>> readiness;

    public HealthResource(Supplier<List<ReadinessPart>> readiness) {
        this.readiness = readiness;
    }

    public Response live(RoutedRequest request) {
        return Response.json(Map.of("status", "up"));
    }

    public Response ready(RoutedRequest request) {
        ReadinessResponse ready = ReadinessResponse.of(readiness.get());
        return ready.up() ? Response.json(ready) : Response.json(503, ready).with("Retry-After", "2");
    }
}
