package dev.onward.server.http;

import dev.onward.server.ops.Readiness;
import java.util.List;
import java.util.Map;

/** Whether the process works, and whether to send requests to it. */
final class HealthResource {
    private final Readiness readiness;

    private record ReadyView(String status, List<Readiness.Part> parts) {}

    HealthResource(Readiness readiness) {
        this.readiness = readiness;
    }

    Answer live(Call call) {
        return Answer.json(Map.of("status", "up"));
    }

    Answer ready(Call call) {
        List<Readiness.Part> parts = readiness.parts();
        boolean ready = parts.stream().allMatch(Readiness.Part::ready);
        return ready
                ? Answer.json(new ReadyView("up", parts))
                : Answer.json(503, new ReadyView("down", parts)).with("Retry-After", "2");
    }
}
