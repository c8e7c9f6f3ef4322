package dev.onward.server.http;

import dev.onward.publishing.Release;
import java.time.Instant;
import java.util.Optional;

/** How far the sessions under way have been brought to a version. */
record ReleaseView(int version, Instant releasedAt, Optional<Instant> finishedAt, long moved, long leftBehind) {
    static ReleaseView of(Release release) {
        return new ReleaseView(
                release.version(), release.releasedAt(), release.finishedAt(), release.moved(), release.leftBehind());
    }
}
