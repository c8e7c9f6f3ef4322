package dev.onward.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A fixed set of flows. Immutable. */
final class FixedFlowCatalog implements FlowCatalog {
    private final NavigableMap<String, NavigableMap<Integer, Flow>> flows = new TreeMap<>();

    FixedFlowCatalog(List<Flow> flowList) {
        for (Flow flow : flowList) {
            boolean twice =
                    flows.computeIfAbsent(flow.id(), id -> new TreeMap<>()).put(flow.version(), flow) != null;
            if (twice) {
                throw new IllegalArgumentException("two flows with one id and one version");
            }
        }
    }

    @Override
    public Optional<Flow> find(String id) {
        return Optional.ofNullable(flows.get(id)).map(NavigableMap::lastEntry).map(Map.Entry::getValue);
    }

    @Override
    public Optional<Flow> find(String id, int version) {
        return Optional.ofNullable(flows.get(id)).flatMap(versions -> Optional.ofNullable(versions.get(version)));
    }

    @Override
    public Set<String> ids() {
        return Set.copyOf(flows.keySet());
    }

    @Override
    public Collection<Flow> all() {
        return flows.values().stream()
                .map(versions -> versions.lastEntry().getValue())
                .toList();
    }
}
