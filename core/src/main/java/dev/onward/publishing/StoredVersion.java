package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowUnusableException;
import dev.onward.model.OnboardingException.InvalidFlow;
import java.time.Instant;

/**
 * A version of a flow, as stored.
 *
 * @param json the definition; {@link FlowDefinition#json}
 * @param hash the hash of the definition at its publication
 */
public record StoredVersion(String flow, int number, String json, String hash, Instant publishedAt) {

    /** @throws FlowUnusableException if the definition was changed after its publication */
    public void requireIntact() {
        if (!FlowDefinition.hash(json).equals(hash)) {
            throw new FlowUnusableException(
                    flow,
                    "In the database, " + name() + " was changed after it was published: its hash differs. Restore its"
                            + " row of onboarding_flow_versions from a backup.");
        }
    }

    /**
     * Reads the definition.
     *
     * @throws FlowUnusableException if it was changed after its publication, or this version of Onward cannot read it
     */
    public Flow read() {
        requireIntact();
        try {
            Flow read = FlowReader.read(name(), json);
            if (!read.id().equals(flow)) {
                throw new FlowUnusableException(flow, "In the database, " + name() + " belongs to another flow.");
            }
            return read.atVersion(number);
        } catch (InvalidFlow e) {
            throw new FlowUnusableException(
                    flow,
                    "In the database, " + name() + " uses features that this Onward does not know. Upgrade this server"
                            + " to the version that published it. "
                            + e.errors().getFirst().text());
        }
    }

    private String name() {
        return "version " + number + " of the flow " + flow;
    }
}
