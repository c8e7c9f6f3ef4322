package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import java.util.Optional;

/**
 * A definition to publish.
 *
 * @param mode how to publish it
 * @param releaseId the id of the release, if the version becomes current
 */
public record FlowPublication(FlowDefinition definition, PublishMode mode, String releaseId) {

    /** Where a definition comes from. */
    public enum PublishOrigin {
        /** A server's file. Flows of other files are not file flows any more. */
        FILE,
        /** The API, which cannot change flows that a file defines. */
        API,
        /** The command line. */
        COMMAND
    }

    public String flow() {
        return definition.flow().id();
    }

    /**
     * Decides what to do. Pure.
     *
     * @param existing the published versions of the flow
     */
    public PublishReport decide(Optional<FlowVersions> existing, PublishOrigin origin) {
        int current = existing.map(FlowVersions::current).orElse(0);
        if (origin == PublishOrigin.API
                && existing.filter(FlowVersions::fromFile).isPresent()) {
            return new PublishReport(flow(), current, current, PublishResult.FROM_FILE);
        }
        int last = existing.filter(flow -> !flow.versions().isEmpty())
                .map(flow -> flow.versions().getLast().number())
                .orElse(0);
        Optional<Integer> same =
                existing.flatMap(flow -> flow.with(definition.hash())).map(FlowVersions.PublishedVersion::number);
        if (same.isPresent()) {
            return again(same.get(), current);
        }
        return mode == PublishMode.IF_NONE && last > 0
                ? new PublishReport(flow(), current, current, PublishResult.UNCHANGED)
                : new PublishReport(flow(), last + 1, last + 1, PublishResult.PUBLISHED);
    }

    /** The result for a definition that was published before. */
    private PublishReport again(int version, int current) {
        if (version == current) {
            return new PublishReport(flow(), version, current, PublishResult.UNCHANGED);
        }
        return mode == PublishMode.MAKE_CURRENT
                ? new PublishReport(flow(), version, version, PublishResult.MADE_CURRENT)
                : new PublishReport(flow(), version, current, PublishResult.NOT_CURRENT);
    }
}
