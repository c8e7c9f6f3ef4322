package dev.onward.publishing;

import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The flows that are published. A version is read once, for it never changes; which versions are current is asked again
 * after a second, so that every node follows a release within that time. Thread-safe.
 *
 * <p>{@link #find} throws {@link FlowUnusableException} where a version cannot be served; {@link #all} leaves it out.
 */
public final class PublishedFlowCatalog implements FlowCatalog {
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private final FlowStore store;
    private final InstantSource clock;
    private final Consumer<FlowUnusableException> unusable;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** By flow and version, as a text: what compares records is made at the first use, and a start would wait for it. */
    private final ConcurrentMap<String, Flow> versions = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Unusable> unusables = new ConcurrentHashMap<>();
    private volatile Snapshot snapshot = Snapshot.NONE;

    /** The question that is under way: whoever comes meanwhile waits for the same answer. */
    private Optional<Question> asking = Optional.empty();

    private record Snapshot(Map<String, Integer> current, Instant readAt) {
        private static final Snapshot NONE = new Snapshot(Map.of(), Instant.MIN);
    }

    private record Unusable(FlowUnusableException reason, Instant readAt) {}

    private static final class Question {
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CompletableFuture<Snapshot> answer = new CompletableFuture<>();
    }

    /** @param unusable is told once of each version that cannot be served */
    public PublishedFlowCatalog(FlowStore store, InstantSource clock, Consumer<FlowUnusableException> unusable) {
        this.store = store;
        this.clock = clock;
        this.unusable = unusable;
    }

    @Override
    public Optional<Flow> find(String id) {
        return Optional.ofNullable(snapshot().current().get(id)).flatMap(version -> find(id, version));
    }

    @Override
    public Optional<Flow> find(String id, int version) {
        String key = id + ":" + version;
        Flow known = versions.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Unusable damaged = unusables.get(key);
        if (damaged != null && isFresh(damaged.readAt(), clock.instant())) {
            throw damaged.reason();
        }
        return read(id, version, key);
    }

    /** What cannot be served may be mended in the database, so that is trusted no longer than what is current. */
    private Optional<Flow> read(String id, int version, String key) {
        Instant now = clock.instant();
        try {
            Optional<Flow> read = store.version(id, version).map(StoredVersion::read);
            read.ifPresent(flow -> versions.put(key, flow));
            unusables.remove(key);
            return read;
        } catch (FlowUnusableException e) {
            unusables.put(key, new Unusable(e, now));
            if (told.add(String.valueOf(e.getMessage()))) {
                unusable.accept(e);
            }
            throw e;
        }
    }

    private static boolean isFresh(Instant readAt, Instant now) {
        return !now.isBefore(readAt) && now.isBefore(readAt.plus(TRUSTED));
    }

    @Override
    public Set<String> ids() {
        return snapshot().current().keySet();
    }

    @Override
    public Collection<Flow> all() {
        List<Flow> flows = new ArrayList<>();
        snapshot().current().forEach((id, version) -> {
            try {
                find(id, version).ifPresent(flows::add);
            } catch (FlowUnusableException e) {
                // It was told, and the others are served.
            }
        });
        return List.copyOf(flows);
    }

    /** Asks the database at the next call: something was published here. */
    public synchronized void refresh() {
        asking = Optional.empty();
        snapshot = Snapshot.NONE;
        unusables.clear();
    }

    private Snapshot snapshot() {
        Snapshot known = snapshot;
        return isFresh(known.readAt(), clock.instant()) ? known : answer(question());
    }

    private synchronized Question question() {
        Question asked = asking.orElseGet(Question::new);
        asking = Optional.of(asked);
        return asked;
    }

    private Snapshot answer(Question question) {
        if (question.begun.compareAndSet(false, true)) {
            try {
                question.answer.complete(answered(question, read()));
            } catch (RuntimeException | Error e) {
                answered(question, Snapshot.NONE);
                question.answer.completeExceptionally(e);
            }
        }
        try {
            return question.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** What was asked before a {@link #refresh} is not kept. */
    private synchronized Snapshot answered(Question question, Snapshot read) {
        if (asking.filter(asked -> asked == question).isPresent()) {
            asking = Optional.empty();
            snapshot = read;
        }
        return read;
    }

    private Snapshot read() {
        Instant now = clock.instant();
        return new Snapshot(Collections.unmodifiableMap(store.current()), now);
    }
}
