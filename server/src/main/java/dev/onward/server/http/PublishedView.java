package dev.onward.server.http;

import dev.onward.flow.Definition;
import dev.onward.flow.Published;
import dev.onward.publishing.Preview;
import java.util.List;
import java.util.Optional;

/** What became of a definition, or would. */
record PublishedView(
        String flow,
        int version,
        int currentVersion,
        String verdict,
        boolean dryRun,
        String inFlight,
        Optional<UnderWay> sessions) {

    /** The sessions on other versions. */
    record UnderWay(long total, long lookedAt, long clean, long unmapped, List<String> unmappedSessions) {}

    static PublishedView of(Published published, Definition definition) {
        return of(published, definition, Optional.empty());
    }

    static PublishedView of(Preview preview, Definition definition) {
        UnderWay sessions = new UnderWay(
                preview.sessions(), preview.lookedAt(), preview.clean(), preview.unmapped(), preview.unmappedIds());
        return of(preview.published(), definition, Optional.of(sessions));
    }

    private static PublishedView of(Published published, Definition definition, Optional<UnderWay> sessions) {
        return new PublishedView(
                published.flow(),
                published.version(),
                published.current(),
                published.verdict().code(),
                sessions.isPresent(),
                definition.flow().inFlight().code(),
                sessions);
    }
}
