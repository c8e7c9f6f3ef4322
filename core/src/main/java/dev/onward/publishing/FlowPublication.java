package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishResult;
import java.util.Optional;

/**
 * A definition that is to be published.
 *
 * @param mode what shall become of it
 * @param releaseId names what this makes current, for the sessions under way
 */
public record FlowPublication(FlowDefinition definition, PublishMode mode, String releaseId) {

    /** From where a definition comes. */
    public enum PublishOrigin {
        /** A file of the servers. It defines its flow; the others' flows come from no file then. */
        FILE,
        /** The API, which changes no flow that a file defines. */
        API,
        /** The command line. */
        COMMAND
    }

    public String flow() {
        return definition.flow().id();
    }

    /**
     * What becomes of it. Pure.
     *
     * @param existing what is published of the flow
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

    /** It was published before. */
    private PublishReport again(int version, int current) {
        if (version == current) {
            return new PublishReport(flow(), version, current, PublishResult.UNCHANGED);
        }
        return mode == PublishMode.MAKE_CURRENT
                ? new PublishReport(flow(), version, version, PublishResult.MADE_CURRENT)
                : new PublishReport(flow(), version, current, PublishResult.NOT_CURRENT);
    }
}
