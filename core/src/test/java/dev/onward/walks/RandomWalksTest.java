package dev.onward.walks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.FlowCatalog;
import dev.onward.session.SessionStore;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Random walks from a seeded generator. After each, the database must equal the model.
 *
 * <p>{@code -Donward.walks=n} sets the number of walks, {@code -Donward.long=true} runs many more with a random seed;
 * {@code -Donward.walks.seed=n} repeats a walk that failed.
 */
@OnEachDatabase
@Order(1)
class RandomWalksTest {
    private static final boolean LONG = Boolean.getBoolean("onward.long");
    private static final int WALKS = Integer.getInteger("onward.walks", LONG ? 40_000 : 200);

    /** Two hundred walks from this seed cover all actions and outcomes. */
    private static final long DEFAULT_SEED = 5_200;

    /** This number of walks from the usual seed, or a long run, covers all actions and outcomes. */
    private static final int WALKS_FOR_FULL_COVERAGE = 200;

    private static final Set<String> ALL = Set.of(
            "done",
            "AlreadyAnswered",
            "AlreadyCompleted",
            "AlreadyDeclared",
            "ClaimedByAnotherUser",
            "Dismissed",
            "InvalidAnswer",
            "NoDeclarationStep",
            "StaleRevision",
            "StepNotFound",
            "StepNotReachable",
            "StepRequired",
            "StepsMissing",
            "Superseded",
            "UserHasOpenSession",
            "already_yours",
            "claimed",
            "kept_source",
            "kept_target",
            "merged");

    private static final int FLOWS = 64;
    private static final int THREADS = 4;

    private final DatabaseKind kind;

    RandomWalksTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void randomWalksMatchTheModel() throws Exception {
        long first = Long.getLong("onward.walks.seed", LONG ? System.nanoTime() : DEFAULT_SEED);
        System.out.println(WALKS + " random walks on " + kind + " from -Donward.walks.seed=" + first);
        List<ModelFlow> flows =
                IntStream.range(0, FLOWS).mapToObj(ModelFlow::random).toList();
        FlowCatalog catalog = FlowCatalog.of(flows.stream().map(ModelFlow::real).toList());
        Set<String> covered = ConcurrentHashMap.newKeySet();
        try (TestDatabase database = TestDatabase.migrated(kind);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            SessionStore store = database.database().sessions();
            List<Future<?>> running = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> LongStream.range(0, WALKS)
                            .filter(walk -> walk % THREADS == thread)
                            .forEach(walk -> covered.addAll(walk(first + walk, flows, catalog, store)))))
                    .toList();
            for (Future<?> thread : running) {
                thread.get();
            }
        }
        if (WALKS >= WALKS_FOR_FULL_COVERAGE) {
            assertThat(covered).as("the test met the case under test").containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    private static Set<String> walk(long seed, List<ModelFlow> flows, FlowCatalog catalog, SessionStore store) {
        Walk walk = new Walk(seed, flows, catalog, store);
        try {
            walk.walk();
            return walk.covered();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "Repeat with -Donward.walks.seed=" + seed + " -Donward.walks=1:\n" + String.join("\n", walk.turns())
                            + "\n" + failure.getMessage(),
                    failure);
        }
    }
}
