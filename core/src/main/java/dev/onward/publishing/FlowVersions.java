package dev.onward.publishing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The published versions of a flow.
 *
 * @param current the version for new sessions
 * @param fromFile whether a server's file defines the flow
 * @param versions oldest first; empty if the flow is known but not published yet
 */
public record FlowVersions(String flow, int current, boolean fromFile, List<PublishedVersion> versions) {
    public FlowVersions {
        versions = List.copyOf(versions);
    }

    /**
     * A version without its definition.
     *
     * @param hash the hash of its definition
     */
    public record PublishedVersion(int number, String hash, Instant publishedAt) {}

    Optional<PublishedVersion> with(String hash) {
        return versions.stream().filter(version -> version.hash().equals(hash)).findFirst();
    }
}
