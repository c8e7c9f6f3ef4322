package dev.onward.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.jdbc.Database;
import dev.onward.model.OnboardingException;
import dev.onward.session.StartRequest;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.ConcurrentCalls.CallOutcome;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cleanup while others change the same sessions. */
@OnEachDatabase
class CleanupRaceTest extends StoreTest {
    private static final RetentionHours HOURS = new RetentionHours(1);

    private final RetentionStore store;

    CleanupRaceTest(DatabaseKind kind) {
        super(kind, Instant.now().minus(Duration.ofDays(1)));
        store = database.database().retention();
    }

    private String start() {
        return sessions.start(StartRequest.of("genesis")).onboarding().session().id();
    }

    private int cleanUp(Runnable betweenChoosingAndDeleting) {
        AbandonedSessionCleanup cleanup = new AbandonedSessionCleanup(
                new ObservedRetentionStore(store, chosen -> betweenChoosingAndDeleting.run()));
        return cleanup.run(HOURS).deletedCount();
    }

    @Test
    void doesNotDeleteASessionThatWasCompletedAfterItWasChosen() {
        String id = start();
        assertThat(cleanUp(() -> sessions.complete(id))).isZero();
        assertThat(sessions.get(id).session().completed()).isTrue();
        assertThat(seed.events(id)).noneMatch(event -> event.startsWith("deleted"));
    }

    @Test
    void doesNotDeleteASessionThatDeclaredAfterItWasChosen() {
        String id = start();
        assertThat(cleanUp(() -> sessions.declare(id, new Declaration("Mine."))))
                .isZero();
        String kblock = sessions.get(id).session().firstKBlockId().orElseThrow();
        assertThat(sessions.kblock(kblock).content()).isEqualTo("Mine.");
    }

    @Test
    void doesNotDeleteASessionThatTheOriginalCompletedAfterItWasChosen() {
        String id = start();
        assertThat(cleanUp(() -> seed.complete(id, Instant.now()))).isZero();
        assertThat(sessions.get(id).session().completed()).isTrue();
    }

    @Test
    void doesNotDeleteASessionThatWasDismissedAfterItWasChosen() {
        String id = start();
        assertThat(cleanUp(() -> database.execute("UPDATE onboarding_sessions SET dismissed_at = created_at")))
                .isZero();
        assertThat(sessions.get(id).session().dismissedAt()).isPresent();
    }

    @Test
    void deletesTheOtherSessionsOfABatch() {
        String completed = start();
        start();
        start();
        assertThat(cleanUp(() -> sessions.complete(completed))).isEqualTo(2);
        assertThat(seed.rows()).singleElement().asString().startsWith(completed);
    }

    @Test
    void doesNotDeleteASessionBeingCompleted() throws Exception {
        String id = start();
        String other = start();
        CountDownLatch chosen = new CountDownLatch(1);
        try (Connection original = database.connect();
                Statement statement = original.createStatement()) {
            original.setAutoCommit(false);
            statement.execute("UPDATE onboarding_sessions SET completed = true WHERE id = '" + id + "'");
            CompletableFuture<Integer> cleaning = CompletableFuture.supplyAsync(() -> cleanUp(chosen::countDown));
            assertThat(chosen.await(5, TimeUnit.SECONDS)).isTrue();
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                // A session that is being completed is skipped without waiting.
                assertThat(cleaning.get(5, TimeUnit.SECONDS)).isEqualTo(1);
            }
            original.commit();
            assertThat(cleaning.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(sessions.get(id).session().completed()).isTrue();
        assertThatThrownBy(() -> sessions.get(other)).isInstanceOf(OnboardingException.SessionNotFound.class);
    }

    @Test
    void completingASessionThatIsBeingDeletedReportsThatItIsGone() {
        String id = start();
        cleanUp(() -> {});
        assertThatThrownBy(() -> sessions.complete(id)).isInstanceOf(OnboardingException.SessionNotFound.class);
        assertThatThrownBy(() -> sessions.declare(id, new Declaration("Mine.")))
                .isInstanceOf(OnboardingException.SessionNotFound.class);
        assertThat(database.query("SELECT count(*) FROM onboarding_kblocks")).containsExactly("0");
    }

    @Test
    void twoConcurrentNodesDeleteEachSessionOnce() throws Exception {
        int many = 2 * AbandonedSessionCleanup.BATCH + 200;
        database.execute(database.sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many + ")"
                        + " INSERT INTO onboarding_sessions (id, created_at)"
                        + " SELECT 's' || i, '2025-01-01 00:00:00.000000' FROM n",
                "INSERT INTO onboarding_sessions (id, created_at)"
                        + " SELECT 's' || i, timestamptz '2025-01-01 00:00:00+00' FROM generate_series(1, " + many
                        + ") i"));
        CountDownLatch bothChose = new CountDownLatch(2);
        try (Database second = Database.open(database.dataSource())) {
            List<Callable<Integer>> nodes = Stream.of(store, second.retention())
                    .map(own -> new AbandonedSessionCleanup(new ObservedRetentionStore(own, _ -> {
                        bothChose.countDown();
                        await(bothChose);
                    })))
                    .<Callable<Integer>>map(cleanup -> () -> cleanup.run(HOURS).deletedCount())
                    .toList();
            assertThat(ConcurrentCalls.run(nodes).stream()
                            .mapToInt(CallOutcome::result)
                            .sum())
                    .isEqualTo(many);
        }
        assertThat(seed.rows()).isEmpty();
        assertThat(database.query("SELECT count(*), count(DISTINCT session_id) FROM onboarding_events"
                        + " WHERE type = 'deleted'"))
                .containsExactly(many + "|" + many);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
