package dev.onward.publishing;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.transition.IdGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Publishes flows. Thread-safe; blocks until the database has responded. Every method throws the exceptions of {@link
 * FlowStore}.
 */
public final class Publisher {
    private final FlowStore store;
    private final InstantSource clock;
    private final IdGenerator ids;

    public Publisher(FlowStore store, InstantSource clock, IdGenerator ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Publishes a server's files and the built-in flow, all or none. From then on, exactly these flows are file flows.
     *
     * @param files of different flows
     * @return the results
     */
    public List<PublishReport> publishFiles(List<FlowDefinition> files) {
        return publishFiles(files, List.of());
    }

    /** Publishes files and records them, so that the next start skips unchanged ones. */
    public List<PublishReport> publishFiles(FlowFiles files) {
        List<PublishReport> published =
                new ArrayList<>(publishFiles(List.copyOf(files.changed().values()), files.unchanged()));
        Map<String, Integer> versions =
                published.stream().collect(Collectors.toMap(PublishReport::flow, PublishReport::version));
        Map<String, FlowFileVersion> added = new HashMap<>();
        files.changed().forEach((hash, definition) -> {
            String flow = definition.flow().id();
            Optional.ofNullable(versions.get(flow))
                    .ifPresent(version -> added.put(hash, new FlowFileVersion(flow, version)));
        });
        if (!added.isEmpty()) {
            store.addFiles(added);
        }
        if (!files.unchanged().isEmpty()) {
            Map<String, Integer> current = store.current();
            files.unchanged().forEach(file -> published.add(unchanged(file, current.getOrDefault(file.flow(), 0))));
        }
        return published;
    }

    private static PublishReport unchanged(FlowFileVersion file, int current) {
        PublishResult result = file.version() == current ? PublishResult.UNCHANGED : PublishResult.NOT_CURRENT;
        return new PublishReport(file.flow(), file.version(), current, result);
    }

    private List<PublishReport> publishFiles(List<FlowDefinition> changed, List<FlowFileVersion> unchanged) {
        Set<String> others = unchanged.stream().map(FlowFileVersion::flow).collect(Collectors.toSet());
        boolean ownDefault = others.contains(FlowCatalog.DEFAULT_FLOW)
                || changed.stream().anyMatch(file -> file.flow().id().equals(FlowCatalog.DEFAULT_FLOW));
        List<FlowDefinition> all = new ArrayList<>(changed);
        if (ownDefault) {
            // Sessions of other software follow the built-in flow, so it must be the first version.
            publish(FlowDefinition.builtIn(), PublishMode.IF_NONE, PublishOrigin.COMMAND);
        } else {
            all.addFirst(FlowDefinition.builtIn());
        }
        return store.publishFiles(
                all.stream()
                        .map(definition -> publication(definition, PublishMode.PUBLISH))
                        .toList(),
                others,
                now());
    }

    /** Publishes one definition. */
    public PublishReport publish(FlowDefinition definition, PublishMode mode, PublishOrigin origin) {
        return store.publish(List.of(publication(definition, mode)), origin, now())
                .getFirst();
    }

    private FlowPublication publication(FlowDefinition definition, PublishMode mode) {
        return new FlowPublication(definition, mode, ids.next());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
