package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowUnusableException;
import dev.onward.model.FlowFormatException;
import java.time.Instant;

/**
 * A version of a flow as it is kept.
 *
 * @param json the definition; {@link FlowDefinition#json}
 * @param hash the definition's, as it was when it was published
 */
public record StoredVersion(String flow, int number, String json, String hash, Instant publishedAt) {

    /** @throws FlowUnusableException where it is not what was published */
    public void requireIntact() {
        if (!FlowDefinition.hash(json).equals(hash)) {
            throw new FlowUnusableException(
                    flow,
                    "In the database " + name() + " is no longer what was published: its hash is another. Restore its"
                            + " row of onboarding_flow_versions from a backup.");
        }
    }

    /**
     * Reads the definition.
     *
     * @throws FlowUnusableException where it is not what was published, or this software cannot read it
     */
    public Flow read() {
        requireIntact();
        try {
            Flow read = FlowReader.read(name(), json);
            if (!read.id().equals(flow)) {
                throw new FlowUnusableException(flow, "In the database " + name() + " is another flow's.");
            }
            return read.atVersion(number);
        } catch (FlowFormatException e) {
            throw new FlowUnusableException(
                    flow,
                    "In the database " + name() + " says what this version of Onward does not know. Bring this server"
                            + " up to the version that published it. "
                            + e.errors().getFirst().text());
        }
    }

    private String name() {
        return "version " + number + " of the flow " + flow;
    }
}
