package dev.onward.flow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The flows that this installation knows, each in all its versions. Thread-safe. Those that are published change which
 * version is current; a version itself never changes.
 */
public interface FlowCatalog {
    /** The flow that is meant where a caller names none. */
    String DEFAULT_FLOW = "genesis";

    /**
     * Flows that never change; of several versions of one flow the highest is current.
     *
     * @throws IllegalArgumentException where two of them have the same id and version
     */
    static FlowCatalog of(List<Flow> flows) {
        return new FixedFlowCatalog(flows);
    }

    /** The current version of a flow: the one that new sessions begin. */
    Optional<Flow> find(String id);

    /** One version of a flow, which a session goes on with whatever is current. */
    Optional<Flow> find(String id, int version);

    /** The ids of all flows, also of those whose current version this software cannot read. Reads no flow. */
    Set<String> ids();

    /** The current version of each flow, in the order of their ids. */
    Collection<Flow> all();
}
