package dev.onward.web.response;

import dev.onward.publishing.FlowVersions;
import dev.onward.publishing.Release;
import dev.onward.publishing.StoredVersion;
import dev.onward.web.http.WireJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A version of a flow, as published. */
public record FlowResponse(
        String flow,
        int version,
        int currentVersion,
        Instant publishedAt,
        boolean fromFile,
        List<FlowVersionResponse> versions,
        Optional<ReleaseResponse> release,
        JsonNode definition) {

    public record FlowVersionResponse(int version, Instant publishedAt) {}

    public static FlowResponse of(FlowVersions flow, Optional<Release> release, StoredVersion version) {
        return new FlowResponse(
                flow.flow(),
                version.number(),
                flow.current(),
                version.publishedAt(),
                flow.fromFile(),
                flow.versions().stream()
                        .map(one -> new FlowVersionResponse(one.number(), one.publishedAt()))
                        .toList(),
                release.map(ReleaseResponse::of),
                WireJson.read(version.json()));
    }
}
