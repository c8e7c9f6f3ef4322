package dev.onward.web.response;

import dev.onward.flow.Flow;
import java.util.Collection;
import java.util.List;

/** The flows that can be started. */
public record FlowListResponse(List<Entry> flows) {

    public record Entry(String flow, int version, String title, boolean onboarding, int steps) {}

    public static FlowListResponse of(Collection<Flow> flows) {
        return new FlowListResponse(flows.stream().map(FlowListResponse::entry).toList());
    }

    private static Entry entry(Flow flow) {
        return new Entry(
                flow.id(),
                flow.version(),
                flow.title(),
                flow.onboarding(),
                flow.steps().size());
    }
}
