package dev.onward.server.http;

import dev.onward.flow.FlowVersions;
import dev.onward.flow.StoredVersion;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A version of a flow, as it was published. */
record FlowView(
        String flow,
        int version,
        int currentVersion,
        Instant publishedAt,
        boolean fromFile,
        List<Version> versions,
        JsonNode definition) {

    record Version(int version, Instant publishedAt) {}

    static FlowView of(FlowVersions flow, StoredVersion version) {
        return new FlowView(
                flow.flow(),
                version.number(),
                flow.current(),
                version.publishedAt(),
                flow.fromFile(),
                flow.versions().stream()
                        .map(one -> new Version(one.number(), one.publishedAt()))
                        .toList(),
                Json.read(version.json()));
    }
}
