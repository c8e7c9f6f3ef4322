package dev.onward.web.response;

import java.util.List;

/** The readiness of the server. */
public record ReadinessResponse(String status, List<ReadinessPart> parts) {

    /**
     * A part that must be ready.
     *
     * @param detail its state, for operators
     */
    public record ReadinessPart(String name, boolean ready, String detail) {}

    public static ReadinessResponse of(List<ReadinessPart> parts) {
        return new ReadinessResponse(parts.stream().allMatch(ReadinessPart::ready) ? "up" : "down", parts);
    }

    public boolean up() {
        return status.equals("up");
    }
}
