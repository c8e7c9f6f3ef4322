package dev.onward.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The flows that this installation knows. Immutable. */
public final class FlowCatalog {
    /** The flow that is meant where a caller names none. */
    public static final String DEFAULT_FLOW = "genesis";

    private final Map<String, Flow> flows;

    private FlowCatalog(List<Flow> flows) {
        this.flows = flows.stream().collect(Collectors.toUnmodifiableMap(Flow::id, Function.identity()));
    }

    /** @throws IllegalArgumentException where two flows have the same id */
    public static FlowCatalog of(List<Flow> flows) {
        if (flows.stream().map(Flow::id).distinct().count() < flows.size()) {
            throw new IllegalArgumentException("two flows with one id");
        }
        return new FlowCatalog(flows);
    }

    /** The flows that come with Onward. */
    public static FlowCatalog builtIn() {
        return of(List.of(resource("genesis.yaml")));
    }

    public Optional<Flow> find(String id) {
        return Optional.ofNullable(flows.get(id));
    }

    public Collection<Flow> all() {
        return flows.values();
    }

    private static Flow resource(String name) {
        try (InputStream in = FlowCatalog.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return FlowReader.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
