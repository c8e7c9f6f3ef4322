package dev.onward.server.http;

import dev.onward.server.ops.Readiness;
import java.util.List;
import java.util.Map;

/** Whether the process works, and whether to send requests to it. */
final class HealthResource {
    private final Readiness readiness;

    private record ReadyView(String status, List<Readiness.ReadinessPart> parts) {}

    HealthResource(Readiness readiness) {
        this.readiness = readiness;
    }

    Response live(Request call) {
        return Response.json(Map.of("status", "up"));
    }

    Response ready(Request call) {
        List<Readiness.ReadinessPart> parts = readiness.parts();
        boolean ready = parts.stream().allMatch(Readiness.ReadinessPart::ready);
        return ready
                ? Response.json(new ReadyView("up", parts))
                : Response.json(503, new ReadyView("down", parts)).with("Retry-After", "2");
    }
}
