package dev.onward.publishing;

import dev.onward.flow.InFlightPolicy;
import dev.onward.model.PublishReport;
import java.util.List;

/**
 * What would happen if a definition were published.
 *
 * @param published what would become of it
 * @param inFlight what it says of the sessions that are under way
 * @param sessions how many of them are on other versions
 * @param lookedAt how many of them were looked at: all, or of very many a sample
 * @param clean how many of those would be moved; under {@code pin} nobody is to be
 * @param unmapped how many would stay although they were to be moved
 * @param unmappedIds their ids, the oldest first; of many, the first
 */
public record PublishPreview(
        PublishReport published,
        InFlightPolicy inFlight,
        long sessions,
        long lookedAt,
        long clean,
        long unmapped,
        List<String> unmappedIds) {
    public PublishPreview {
        unmappedIds = List.copyOf(unmappedIds);
    }
}
