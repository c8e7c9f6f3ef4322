package dev.onward.server.http;

import dev.onward.flow.FlowVersions;
import dev.onward.flow.StoredVersion;
import dev.onward.publishing.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A version of a flow, as it was published. */
record FlowView(
        String flow,
        int version,
        int currentVersion,
        Instant publishedAt,
        boolean fromFile,
        List<Version> versions,
        Optional<ReleaseView> release,
        JsonNode definition) {

    record Version(int version, Instant publishedAt) {}

    static FlowView of(FlowVersions flow, Optional<Release> release, StoredVersion version) {
        return new FlowView(
                flow.flow(),
                version.number(),
                flow.current(),
                version.publishedAt(),
                flow.fromFile(),
                flow.versions().stream()
                        .map(one -> new Version(one.number(), one.publishedAt()))
                        .toList(),
                release.map(ReleaseView::of),
                Json.read(version.json()));
    }
}
