package dev.onward.web.response;

import java.util.List;

/** Whether the server should be sent requests. */
public record ReadinessResponse(String status, List<ReadinessPart> parts) {

    /**
     * One part that has to be ready.
     *
     * @param detail its state, for an operator
     */
    public record ReadinessPart(String name, boolean ready, String detail) {}

    public static ReadinessResponse of(List<ReadinessPart> parts) {
        return new ReadinessResponse(parts.stream().allMatch(ReadinessPart::ready) ? "up" : "down", parts);
    }

    public boolean up() {
        return status.equals("up");
    }
}
