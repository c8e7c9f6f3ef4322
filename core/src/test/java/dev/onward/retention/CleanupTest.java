package dev.onward.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.CleanupReport;
import dev.onward.model.OnboardingException;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which sessions cleanup deletes, and which it keeps. */
@OnEachDatabase
class CleanupTest extends StoreTest {
    private static final RetentionHours HOURS_2 = new RetentionHours(2);

    private final AbandonedSessionCleanup cleanup;

    CleanupTest(DatabaseKind kind) {
        super(kind, Instant.now());
        cleanup = new AbandonedSessionCleanup(database.database().retention());
    }

    private String startedAgo(Duration age) {
        clock.set(Instant.now().minus(age));
        return sessions.start(StartRequest.of("genesis")).onboarding().session().id();
    }

    private List<String> ids() {
        return database.query("SELECT id FROM onboarding_sessions ORDER BY id");
    }

    @Test
    void deletesOnlySessionsOlderThanTheRequestedHours() {
        startedAgo(Duration.ofMinutes(121));
        String young = startedAgo(Duration.ofMinutes(119));
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
        assertThat(ids()).containsExactly(young);
    }

    @Test
    void neverDeletesACompletedSession() {
        sessions.declare(startedAgo(Duration.ofDays(400)), new Declaration("Mine."));
        sessions.complete(startedAgo(Duration.ofDays(400)));
        seed.insert("id", "without a time", "completed", true, "created_at", Instant.EPOCH);
        assertThat(cleanup.run(HOURS_2).deletedCount()).isZero();
        assertThat(ids()).hasSize(3);
    }

    @Test
    void deletesASessionWithACompletionTimeThatIsNotCompleted() {
        seed.insert("id", "s", "completed_at", Instant.now(), "current_step", "completed", "created_at", Instant.EPOCH);
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
    }

    @Test
    void neverDeletesADismissedSession() {
        String id = startedAgo(Duration.ofDays(400));
        sessions.dismiss(id, WriteConditions.none());
        assertThat(cleanup.run(HOURS_2).deletedCount()).isZero();
        sessions.reopen(id, WriteConditions.none());
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
    }

    @Test
    void deletesASupersededSessionLikeAnOpenOneEvenIfDismissed() {
        String open = startedAgo(Duration.ofMinutes(121));
        sessions.restart(open, WriteConditions.none());
        String dismissed = startedAgo(Duration.ofMinutes(121));
        sessions.dismiss(dismissed, WriteConditions.none());
        sessions.restart(dismissed, WriteConditions.none());
        String young = startedAgo(Duration.ofMinutes(119));
        sessions.restart(young, WriteConditions.none());
        clock.set(Instant.now());
        String completed = startedAgo(Duration.ofDays(400));
        sessions.complete(completed);
        clock.set(Instant.now());
        sessions.restart(completed, WriteConditions.none());

        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(4);
        assertThat(ids()).contains(young, completed).doesNotContain(open, dismissed);
    }

    @Test
    void keepsSessionsForTheirFlowsRetentionIfThatIsLonger() {
        database.execute("INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 5)");
        database.execute(
                "UPDATE onboarding_sessions SET flow = 'tour' WHERE id = '" + startedAgo(Duration.ofHours(6)) + "'");
        String keptId = startedAgo(Duration.ofHours(4));
        database.execute("UPDATE onboarding_sessions SET flow = 'tour' WHERE id = '" + keptId + "'");
        assertThat(cleanup.run(new RetentionHours(7)).deletedCount()).isZero();
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
        assertThat(ids()).containsExactly(keptId);
    }

    @Test
    void anUnknownFlowHasNoRetentionOfItsOwn() {
        String id = startedAgo(Duration.ofHours(3));
        database.execute("UPDATE onboarding_sessions SET flow = 'unheard of' WHERE id = '" + id + "'");
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
    }

    @Test
    void deletesOnlyTheKBlocksOfDeletedSessions() {
        String open = startedAgo(Duration.ofDays(2));
        String deletedKBlock = sessions.declare(open, new Declaration("Mine.")).kblockId();
        seed.update(open, "completed", false);
        String keptId = sessions.declare(startedAgo(Duration.ofDays(2)), new Declaration("Kept."))
                .kblockId();
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
        assertThatThrownBy(() -> sessions.kblock(deletedKBlock)).isInstanceOf(OnboardingException.KBlockNotFound.class);
        assertThat(sessions.kblock(keptId).content()).isEqualTo("Kept.");
    }

    @Test
    void keepsTheEventsOfADeletedSessionAndAddsDeleted() {
        String id = startedAgo(Duration.ofDays(2));
        Instant started = sessions.get(id).session().createdAt();
        cleanup.run(HOURS_2);
        assertThat(seed.events(id)).hasSize(2).first().isEqualTo("started|started|" + SeedSql.text(started));
        assertThat(seed.events(id)).last().asString().startsWith("deleted|started|");
    }

    @Test
    void deletesMoreThanOneBatch() {
        int together = Throttle.NONE.batches() * AbandonedSessionCleanup.BATCH;
        int many = together + 3;
        database.execute(database.sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many + ")"
                        + " INSERT INTO onboarding_sessions (id, created_at)"
                        + " SELECT 's' || i, '2025-01-01 00:00:00.000000' FROM n",
                "INSERT INTO onboarding_sessions (id, created_at)"
                        + " SELECT 's' || i, timestamptz '2025-01-01 00:00:00+00' FROM generate_series(1, " + many
                        + ") i"));
        List<Integer> sizes = new ArrayList<>();
        RetentionStore counting =
                new ObservedRetentionStore(database.database().retention(), chosen -> sizes.add(chosen.size()));
        assertThat(new AbandonedSessionCleanup(counting, Throttle.NONE)
                        .run(HOURS_2)
                        .deletedCount())
                .isEqualTo(many);
        assertThat(sizes).containsExactly(together, 3);
        assertThat(ids()).isEmpty();
        assertThat(database.query("SELECT count(*) FROM onboarding_events WHERE type = 'deleted'"))
                .containsExactly(String.valueOf(many));
    }

    @Test
    void aThrottledCleanupPausesFourTimesAsLongAsABatchTook() {
        assertThat(Throttle.DEFAULT.restAfter(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(20));
        assertThat(Throttle.NONE.restAfter(Duration.ofMillis(5))).isZero();
    }

    @Test
    void anInterruptEndsTheCleanupAfterTheBatch() {
        String id = startedAgo(Duration.ofDays(2));
        CleanupReport report = new AbandonedSessionCleanup(
                        new InterruptingRetentionStore(database.database().retention()))
                .run(HOURS_2);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.deletedCount()).isEqualTo(1);
        assertThat(ids()).doesNotContain(id);
    }

    @Test
    void usesTheDatabasesClock() {
        Instant before = databaseNow();
        CleanupReport report = cleanup.run(HOURS_2);
        assertThat(report.cutoffTime().plus(Duration.ofHours(2))).isBetween(before, databaseNow());
        assertThat(report.hours()).isEqualTo(HOURS_2.value());
    }

    private Instant databaseNow() {
        return Instant.parse(database.query(database.sql(
                        "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now') || 'Z'",
                        "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
                .getFirst());
    }

    @Test
    void rejectsHoursOutside1To87600() {
        for (String hours : List.of("0", "-1", "87601", "", "24.0", "1e3", "99999999999", " 24", "abc")) {
            assertThatThrownBy(() -> RetentionHours.parse(hours))
                    .as(hours)
                    .isInstanceOfSatisfying(
                            OnboardingException.InvalidField.class,
                            exception -> assertThat(exception.field()).isEqualTo("hours"));
        }
        assertThat(RetentionHours.parse("87600").value()).isEqualTo(87_600);
        assertThat(cleanup.run(new RetentionHours(87_600)).deletedCount()).isZero();
    }

    @Test
    void comparesTimesOfTheOriginalWithOnwards() {
        Instant now = Instant.now();
        seed.start("just older", "ada", now.minus(Duration.ofHours(2)).minusSeconds(1));
        seed.start("just younger", "ada", now.minus(Duration.ofHours(2)).plusSeconds(60));
        assertThat(cleanup.run(HOURS_2).deletedCount()).isEqualTo(1);
        assertThat(ids()).containsExactly("just younger");
    }
}
