package dev.onward.server.http;

import dev.onward.flow.Flow;
import java.util.Collection;
import java.util.List;

/** The flows that can be started. */
record FlowListResponse(List<Entry> flows) {

    record Entry(String flow, int version, String title, boolean onboarding, int steps) {}

    static FlowListResponse of(Collection<Flow> flows) {
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
