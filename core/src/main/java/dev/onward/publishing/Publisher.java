package dev.onward.publishing;

import dev.onward.flow.Definition;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowStore;
import dev.onward.flow.Publication;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.session.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

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
        boolean ownDefault = files.stream().anyMatch(file -> file.flow().id().equals(FlowCatalog.DEFAULT_FLOW));
        List<Definition> all = new ArrayList<>(files);
        if (ownDefault) {
            // The sessions of other software follow the one that comes with Onward, so that one is the first version.
            publish(Definition.builtIn(), Wish.IF_NONE, Origin.COMMAND);
        } else {
            all.addFirst(Definition.builtIn());
        }
        return store.publish(
                all.stream()
                        .map(definition -> publication(definition, Wish.PUBLISH))
                        .toList(),
                Origin.FILE,
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
