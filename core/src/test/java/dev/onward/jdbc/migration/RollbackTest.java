package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.Database;
import dev.onward.retention.RetentionHours;
import dev.onward.session.EventPosition;
import dev.onward.session.RecordedEvent;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Onward is rolled back to the original software, which writes for a while, and is then started again. */
@OnEachDatabase
class RollbackTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");
    private static final Instant BACK = NOON.plus(Duration.ofDays(3));

    RollbackTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    private Session start(String user) {
        return sessions.start(StartRequest.of("genesis").by(user)).onboarding().session();
    }

    @Test
    void losesNothingThatTheOriginalWrote() {
        String completedByOriginal = start("ada").id();
        String declaredByOriginal = start("bob").id();
        String deletedByOriginal = start("cyd").id();
        String untouched = start("dan").id();
        seed.complete(completedByOriginal, NOON.plusSeconds(1));
        seed.declare(declaredByOriginal, "Theirs.", "their-kb", NOON.plusSeconds(2));
        seed.delete(deletedByOriginal);
        seed.start("theirs", "eve", NOON.plusSeconds(3));
        seed.complete("theirs", NOON.plusSeconds(4));
        List<String> rows = seed.rows();

        assertThat(database.database().migrations().migrate()).isEmpty();

        assertThat(seed.rows()).isEqualTo(rows);
        String noon = SeedSql.text(NOON);
        assertThat(seed.events(completedByOriginal))
                .containsExactly("started|started|" + noon, "completed|completed|" + SeedSql.text(NOON.plusSeconds(1)));
        assertThat(seed.events(declaredByOriginal))
                .containsExactly(
                        "started|started|" + noon,
                        "step_done|first_declaration|" + SeedSql.text(NOON.plusSeconds(2)),
                        "completed|first_declaration|" + SeedSql.text(NOON.plusSeconds(2)));
        assertThat(seed.events(deletedByOriginal)).containsExactly("started|started|" + noon);
        assertThat(seed.events(untouched)).containsExactly("started|started|" + noon);
        assertThat(seed.events("theirs"))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON.plusSeconds(3)),
                        "completed|completed|" + SeedSql.text(NOON.plusSeconds(4)));
        assertThat(sessions.profile("ada").flows()).isEqualTo(Map.of("genesis", NOON.plusSeconds(1)));
        assertThat(sessions.profile("bob").onboardingCompletedAt()).contains(NOON.plusSeconds(2));
        assertThat(sessions.profile("eve").onboardingCompletedAt()).contains(NOON.plusSeconds(4));
        assertThat(sessions.profile("dan").onboardingCompletedAt()).isEmpty();
    }

    @Test
    void backfillsEventsAndProfilesOnce() {
        String id = start("ada").id();
        seed.declare(id, "Theirs.", "their-kb", NOON.plusSeconds(2));
        database.database().backfill();
        List<String> events = seed.events(id);
        assertThat(database.database().backfill()).isZero();
        assertThat(database.database().migrations().migrate()).isEmpty();
        assertThat(seed.events(id)).isEqualTo(events).hasSize(3);
    }

    @Test
    void backfillsASessionWhenItIsNextChanged() {
        String id = start("ada").id();
        seed.declare(id, "Theirs.", "their-kb", NOON.plusSeconds(2));
        clock.set(BACK);
        sessions.complete(id);
        assertThat(seed.events(id))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON),
                        "step_done|first_declaration|" + SeedSql.text(NOON.plusSeconds(2)),
                        "completed|first_declaration|" + SeedSql.text(NOON.plusSeconds(2)),
                        "confirmed|completed|" + SeedSql.text(BACK));
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(NOON.plusSeconds(2));
        assertThat(database.database().backfill()).isZero();
    }

    @Test
    void backfillsASessionBeforeCleanupDeletesIt() {
        seed.insert("id", "theirs", "first_declaration", "Never finished.", "created_at", NOON, "updated_at", NOON);
        assertThat(database.database().retention().delete(List.of("theirs"), BACK, RetentionHours.DEFAULT))
                .isEqualTo(1);
        assertThat(seed.events("theirs"))
                .hasSize(3)
                .startsWith(
                        "started|started|" + SeedSql.text(NOON), "step_done|first_declaration|" + SeedSql.text(NOON))
                .last()
                .asString()
                .startsWith("deleted|started|");
    }

    @Test
    void keepsTheFirstCompletionOfEitherSoftware() {
        String onwardSession = start("ada").id();
        clock.set(NOON.plusSeconds(100));
        sessions.complete(onwardSession);
        seed.start("theirs", "ada", NOON);
        seed.complete("theirs", NOON.plusSeconds(50));
        database.database().backfill();
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(NOON.plusSeconds(50));
        seed.start("later", "ada", NOON);
        seed.complete("later", NOON.plusSeconds(150));
        database.database().backfill();
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(NOON.plusSeconds(50));
    }

    @Test
    void backfillDoesNotChangeTheSeedsColumns() {
        seed.start("theirs", "ada", NOON);
        seed.complete("theirs", NOON.plusSeconds(1));
        List<String> rows = seed.rows();
        assertThat(database.database().backfill()).isEqualTo(1);
        assertThat(seed.rows()).isEqualTo(rows);
    }

    @Test
    void deletesKBlocksOfSessionsThatTheOriginalDeleted() {
        String id = start("ada").id();
        String kblock = sessions.declare(id, new Declaration("Mine.")).kblockId();
        seed.delete(id);
        database.database().deleteOrphans();
        assertThat(database.query("SELECT count(*) FROM onboarding_kblocks WHERE id = '" + kblock + "'"))
                .containsExactly("0");
    }

    @Test
    void aRestoredSessionContinuesAfterItsEvents() {
        assertThat(changedUnderAnIdThatWasThereBefore(NOON).revision()).isEqualTo(3);
    }

    @Test
    void aNewSessionWithAReusedIdHasItsOwnHistory() {
        Session another = changedUnderAnIdThatWasThereBefore(NOON.plusSeconds(1));
        assertThat(another.revision()).isEqualTo(1);
        assertThat(sessions.events(another.id(), EventPosition.BEGINNING, 10).events())
                .extracting(RecordedEvent::type)
                .containsExactly("started", "completed");
    }

    /** Uses a request with an idempotency key, which writes its record and the session's events. */
    private Session changedUnderAnIdThatWasThereBefore(Instant created) {
        String id = start("ada").id();
        sessions.declare(id, new Declaration("Ours."));
        seed.delete(id);
        seed.start(id, "ada", created);
        WriteConditions.Idempotency<Onboarding> keep =
                new WriteConditions.Idempotency<>("k".repeat(64), "f".repeat(64), answer -> "kept");
        Onboarding completed = sessions.complete(id, new WriteConditions<>(Optional.empty(), Optional.of(keep)));
        assertThat(sessions.get(id)).isEqualTo(completed);
        assertThat(sessions.idempotencyRecord("k".repeat(64))).isPresent();
        return completed.session();
    }

    @Test
    void twoNodesBackfillEachSessionOnce() throws Exception {
        int many = 1_200;
        database.execute(database.sql(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many + ") ",
                        "WITH n(i) AS (SELECT generate_series(1, " + many + ")) ")
                + "INSERT INTO onboarding_sessions (id, user_id, completed) SELECT 's' || i, 'u' || (i % 7), true"
                + " FROM n");
        CountDownLatch go = new CountDownLatch(1);
        try (Database second = Database.open(database.dataSource());
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Integer>> runs = IntStream.range(0, 4)
                    .mapToObj(node -> CompletableFuture.supplyAsync(
                            () -> {
                                await(go);
                                return (node % 2 == 0 ? second : database.database()).backfill();
                            },
                            threads))
                    .toList();
            go.countDown();
            assertThat(runs.stream().mapToInt(CompletableFuture::join).sum())
                    .as("each session counts once")
                    .isEqualTo(many);
        }
        assertThat(database.query("SELECT type, count(*), count(DISTINCT session_id) FROM onboarding_events"
                        + " GROUP BY type ORDER BY type"))
                .containsExactly("completed|1200|1200", "started|1200|1200");
        assertThat(database.query("SELECT count(*) FROM onboarding_profiles")).containsExactly("7");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
