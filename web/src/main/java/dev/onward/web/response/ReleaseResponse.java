package dev.onward.web.response;

import dev.onward.publishing.Release;
import java.time.Instant;
import java.util.Optional;

/** The progress of moving open sessions to a version. */
public record ReleaseResponse(
        int version, Instant releasedAt, Optional<Instant> finishedAt, long moved, long leftBehind) {
    public static ReleaseResponse of(Release release) {
        return new ReleaseResponse(
                release.version(), release.releasedAt(), release.finishedAt(), release.moved(), release.leftBehind());
    }
}
