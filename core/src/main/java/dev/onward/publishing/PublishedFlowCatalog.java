package dev.onward.publishing;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowUnusableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The published flows. A version is read once, because it never changes. Which versions are current is read again after a
 * second, so that every node follows a release within that time. Thread-safe.
 *
 * <p>{@link #find} throws {@link FlowUnusableException} if a version cannot be used; {@link #all} leaves it out.
 */
public final class PublishedFlowCatalog implements FlowCatalog {
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final int MAX_VERSIONS = 1_000;

    private final FlowStore store;
    private final Consumer<FlowUnusableException> unusable;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final Cache<FlowVersionKey, Flow> versions;

    /**
     * Versions that cannot be used. They may be repaired in the database, so they are read again as often as the
     * current versions.
     */
    private final Cache<FlowVersionKey, FlowUnusableException> unusables;

    /** The only entry holds the current version of each flow. Callers during a read wait for its result. */
    private final AsyncCache<CurrentVersions, CurrentRead> current;

    private record FlowVersionKey(String flow, int version) {}

    private enum CurrentVersions {
        KEY
    }

    /** A failure is a result too: it goes to every caller that waited for it, and is not kept. */
    private sealed interface CurrentRead {
        record Found(Map<String, Integer> versions) implements CurrentRead {}

        record Failed(RuntimeException reason) implements CurrentRead {}
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param unusable receives each unusable version once
     */
    public PublishedFlowCatalog(FlowStore store, LongSupplier nanoTime, Consumer<FlowUnusableException> unusable) {
        this.store = store;
        this.unusable = unusable;
        this.versions = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MAX_VERSIONS)
                .build();
        this.unusables = trusted(nanoTime).maximumSize(MAX_VERSIONS).build();
        this.current = trusted(nanoTime).buildAsync();
    }

    private static Caffeine<Object, Object> trusted(LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(nanoTime::getAsLong)
                .expireAfterWrite(TRUSTED);
    }

    @Override
    public Optional<Flow> find(String id) {
        return Optional.ofNullable(current().get(id)).flatMap(version -> find(id, version));
    }

    @Override
    public Optional<Flow> find(String id, int version) {
        FlowVersionKey key = new FlowVersionKey(id, version);
        Flow known = versions.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        FlowUnusableException damaged = unusables.getIfPresent(key);
        if (damaged != null) {
            throw damaged;
        }
        return read(key);
    }

    private Optional<Flow> read(FlowVersionKey key) {
        try {
            Optional<Flow> read = store.version(key.flow(), key.version()).map(StoredVersion::read);
            read.ifPresent(flow -> versions.put(key, flow));
            return read;
        } catch (FlowUnusableException e) {
            unusables.put(key, e);
            if (reported.add(String.valueOf(e.getMessage()))) {
                unusable.accept(e);
            }
            throw e;
        }
    }

    @Override
    public Set<String> ids() {
        return current().keySet();
    }

    @Override
    public Collection<Flow> all() {
        List<Flow> flows = new ArrayList<>();
        current().forEach((id, version) -> {
            try {
                find(id, version).ifPresent(flows::add);
            } catch (FlowUnusableException e) {
                // Reported already; the other flows are served.
            }
        });
        return List.copyOf(flows);
    }

    /**
     * Reads the database at the next call, after a publication on this node. The result of a running read is not
     * cached.
     */
    public void refresh() {
        current.synchronous().invalidateAll();
        unusables.invalidateAll();
    }

    private Map<String, Integer> current() {
        AtomicBoolean first = new AtomicBoolean();
        CompletableFuture<CurrentRead> shared = current.get(CurrentVersions.KEY, (key, executor) -> {
            first.set(true);
            return new CompletableFuture<>();
        });
        if (first.get()) {
            readCurrent(shared);
        }
        return switch (shared.join()) {
            case CurrentRead.Found(Map<String, Integer> versions) -> versions;
            case CurrentRead.Failed(RuntimeException reason) -> throw reason;
        };
    }

    private void readCurrent(CompletableFuture<CurrentRead> result) {
        try {
            result.complete(new CurrentRead.Found(Collections.unmodifiableMap(store.current())));
        } catch (RuntimeException e) {
            current.asMap().remove(CurrentVersions.KEY, result);
            result.complete(new CurrentRead.Failed(e));
        } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }
}
