package dev.onward.publishing;

import dev.onward.flow.Definition;
import dev.onward.flow.FileVersion;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowStore;
import dev.onward.flow.Publication;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.Verdict;
import dev.onward.session.Ids;
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
 * Publishes flows. Thread-safe; blocks until the database has answered. Every method throws what {@link FlowStore}
 * throws.
 */
public final class Publisher {
    private final FlowStore store;
    private final InstantSource clock;
    private final Ids ids;

    public Publisher(FlowStore store, InstantSource clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Publishes what the files of a server define, and what comes with Onward: all of it or nothing. From then on
     * exactly these flows come from files.
     *
     * @param files of different flows
     * @return what became of each
     */
    public List<Published> publishFiles(List<Definition> files) {
        return publishFiles(files, List.of());
    }

    /** The same, and notes the files, so that the next start knows them. */
    public List<Published> publishFiles(FlowFiles files) {
        List<Published> published =
                new ArrayList<>(publishFiles(List.copyOf(files.changed().values()), files.unchanged()));
        Map<String, Integer> versions =
                published.stream().collect(Collectors.toMap(Published::flow, Published::version));
        Map<String, FileVersion> added = new HashMap<>();
        files.changed().forEach((hash, definition) -> {
            String flow = definition.flow().id();
            Optional.ofNullable(versions.get(flow))
                    .ifPresent(version -> added.put(hash, new FileVersion(flow, version)));
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

    private static Published unchanged(FileVersion file, int current) {
        Verdict verdict = file.version() == current ? Verdict.UNCHANGED : Verdict.NOT_CURRENT;
        return new Published(file.flow(), file.version(), current, verdict);
    }

    private List<Published> publishFiles(List<Definition> changed, List<FileVersion> unchanged) {
        Set<String> others = unchanged.stream().map(FileVersion::flow).collect(Collectors.toSet());
        boolean ownDefault = others.contains(FlowCatalog.DEFAULT_FLOW)
                || changed.stream().anyMatch(file -> file.flow().id().equals(FlowCatalog.DEFAULT_FLOW));
        List<Definition> all = new ArrayList<>(changed);
        if (ownDefault) {
            // The sessions of other software follow the one that comes with Onward, so that one is the first version.
            publish(Definition.builtIn(), Wish.IF_NONE, Origin.COMMAND);
        } else {
            all.addFirst(Definition.builtIn());
        }
        return store.publishFiles(
                all.stream()
                        .map(definition -> publication(definition, Wish.PUBLISH))
                        .toList(),
                others,
                now());
    }

    /** Publishes one definition. */
    public Published publish(Definition definition, Wish wish, Origin origin) {
        return store.publish(List.of(publication(definition, wish)), origin, now())
                .getFirst();
    }

    private Publication publication(Definition definition, Wish wish) {
        return new Publication(definition, wish, ids.next());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
