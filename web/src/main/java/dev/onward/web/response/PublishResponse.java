package dev.onward.web.response;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishReport;
import dev.onward.publishing.PublishPreview;
import java.util.List;
import java.util.Optional;

/** The result of publishing, or of a dry run. */
public record PublishResponse(
        String flow,
        int version,
        int currentVersion,
        String verdict,
        boolean dryRun,
        String inFlight,
        Optional<InFlightResponse> sessions) {

    /** The sessions on other versions. */
    public record InFlightResponse(
            long total, long lookedAt, long clean, long unmapped, List<String> unmappedSessions) {}

    public static PublishResponse of(PublishReport published, FlowDefinition definition) {
        return of(published, definition, Optional.empty());
    }

    public static PublishResponse of(PublishPreview preview, FlowDefinition definition) {
        InFlightResponse sessions = new InFlightResponse(
                preview.sessions(), preview.lookedAt(), preview.clean(), preview.unmapped(), preview.unmappedIds());
        return of(preview.published(), definition, Optional.of(sessions));
    }

    private static PublishResponse of(
            PublishReport published, FlowDefinition definition, Optional<InFlightResponse> sessions) {
        return new PublishResponse(
                published.flow(),
                published.version(),
                published.current(),
                published.result().code(),
                sessions.isPresent(),
                definition.flow().inFlight().code(),
                sessions);
    }
}
