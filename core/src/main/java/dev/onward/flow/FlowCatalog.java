package dev.onward.flow;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The flows of this installation, each in all its versions. Thread-safe. Publishing changes which version is current; a
 * version itself never changes.
 */
public interface FlowCatalog {
    /** The flow that is used if a caller names none. */
    String DEFAULT_FLOW = "genesis";

    /**
     * A catalog that never changes; the highest version of each flow is current.
     *
     * @throws IllegalArgumentException if two flows have the same id and version
     */
    static FlowCatalog of(List<Flow> flows) {
        return new FixedFlowCatalog(flows);
    }

    /** The current version of a flow, which new sessions use. */
    Optional<Flow> find(String id);

    /** A version of a flow. A session keeps its version, whichever is current. */
    Optional<Flow> find(String id, int version);

    /** The ids of all flows, including those whose current version cannot be read. Loads no flow. */
    Set<String> ids();

    /** The current version of each flow, in order of their ids. */
    Collection<Flow> all();
}
