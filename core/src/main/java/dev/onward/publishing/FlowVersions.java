package dev.onward.publishing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is published of a flow.
 *
 * @param current the version that new sessions begin
 * @param fromFile whether a file of the servers defines it
 * @param versions oldest first; none where the flow is known but nothing of it is published yet
 */
public record FlowVersions(String flow, int current, boolean fromFile, List<PublishedVersion> versions) {
    public FlowVersions {
        versions = List.copyOf(versions);
    }

    /**
     * A version without its definition.
     *
     * @param hash tells its content apart
     */
    public record PublishedVersion(int number, String hash, Instant publishedAt) {}

    Optional<PublishedVersion> with(String hash) {
        return versions.stream().filter(version -> version.hash().equals(hash)).findFirst();
    }
}
