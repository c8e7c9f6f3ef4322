package dev.onward.publishing;

import dev.onward.flow.InFlightPolicy;
import dev.onward.model.PublishReport;
import java.util.List;

/**
 * The result of a dry run.
 *
 * @param published the result that publishing would have
 * @param inFlight the policy for open sessions
 * @param sessions the number of sessions on other versions
 * @param lookedAt how many of them were checked: all, or a sample
 * @param clean how many of the checked ones would move; under {@code pin} none are to move
 * @param unmapped how many would stay although the policy moves sessions
 * @param unmappedIds the ids of those, oldest first; only the first if there are many
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
