package dev.onward.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.OnboardingException;
import dev.onward.session.FlowFilter;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Session;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A session is abandoned only some time after its person's last activity. */
@OnEachDatabase
class LastActivityTest extends StoreTest {
    private static final RetentionHours HOURS = new RetentionHours(24);
    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            steps:
              - {id: name, title: N, input: {type: string}, revisable: true}
              - {id: size, title: S, input: {type: number}, optional: true}
              - {id: last, title: L}
            """)));

    private final AbandonedSessionCleanup cleanup;

    LastActivityTest(DatabaseKind kind) {
        super(kind, now(), FLOWS);
        cleanup = new AbandonedSessionCleanup(database.database().retention());
    }

    private String started(Duration ago) {
        at(ago);
        return sessions.start(StartRequest.of("tour")).onboarding().session().id();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private void at(Duration ago) {
        clock.set(now().minus(ago));
    }

    private int cleanUp() {
        return cleanup.run(HOURS).deletedCount();
    }

    private List<String> lastActive() {
        return database.query("SELECT " + seed.shown("last_active_at") + " FROM onboarding_sessions ORDER BY id");
    }

    private void keepsFor24HoursMore(String id) {
        assertThat(cleanUp()).isZero();
        assertThat(sessions.get(id).session().lastActiveAt()).contains(clock.instant());
    }

    @Test
    void anAnswerKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(23));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        keepsFor24HoursMore(id);
    }

    @Test
    void aSkipKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        at(Duration.ofHours(23));
        sessions.skip(id, "size", WriteConditions.none());
        keepsFor24HoursMore(id);
    }

    @Test
    void aRepeatedAnswerKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        at(Duration.ofHours(23));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        keepsFor24HoursMore(id);
    }

    @Test
    void aRejectedAnswerKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(23));
        Assertions.assertThatThrownBy(() -> sessions.submit(id, "name", 1, WriteConditions.none()))
                .isInstanceOf(OnboardingException.InvalidAnswer.class);
        keepsFor24HoursMore(id);
    }

    @Test
    void returningKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(23));
        sessions.visit(id);
        keepsFor24HoursMore(id);
    }

    @Test
    void resumingKeepsAnOldSession() {
        at(Duration.ofDays(3));
        String id = sessions.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
        at(Duration.ofHours(23));
        sessions.start(StartRequest.of("tour").by("ada").resuming());
        keepsFor24HoursMore(id);
    }

    @Test
    void reopeningKeepsAnOldSession() {
        String id = started(Duration.ofDays(3));
        sessions.dismiss(id, WriteConditions.none());
        at(Duration.ofHours(23));
        sessions.reopen(id, WriteConditions.none());
        keepsFor24HoursMore(id);
    }

    @Test
    void claimingKeepsTheUsersOldSession() {
        at(Duration.ofDays(3));
        String usersSession = sessions.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
        at(Duration.ofHours(23));
        String guest =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        sessions.claim(guest, "ada", ClaimPolicy.KEEP_TARGET, WriteConditions.none());
        assertThat(cleanUp()).isZero();
        assertThat(sessions.get(usersSession).session().lastActiveAt()).contains(clock.instant());
    }

    @Test
    void readingTheStatusKeepsNoSession() {
        at(Duration.ofDays(3));
        String id = sessions.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
        at(Duration.ofHours(1));
        sessions.get(id);
        sessions.findForUser("ada", new FlowFilter.AnyFlow());
        assertThat(lastActive()).containsExactly("");
        assertThat(cleanUp()).isEqualTo(1);
    }

    @Test
    void deletesASessionWhoseActivityIsOldToo() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(25));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        assertThat(cleanUp()).isEqualTo(1);
    }

    @Test
    void theFlowsRetentionCountsFromTheLastActivity() {
        database.execute("INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 48)");
        String keptSession = started(Duration.ofDays(5));
        at(Duration.ofHours(47));
        sessions.visit(keptSession);
        String deletedSession = started(Duration.ofDays(5));
        at(Duration.ofHours(49));
        sessions.visit(deletedSession);
        assertThat(cleanUp()).isEqualTo(1);
        assertThat(sessions.get(keptSession).session().id()).isEqualTo(keptSession);
    }

    @Test
    void recordsAReturnAtMostEveryFiveMinutesAndChangesNothingElse() {
        String id = started(Duration.ofHours(3));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        Session before = sessions.get(id).session();
        List<String> events = seed.events(id);

        clock.set(before.updatedAt().plus(Duration.ofMinutes(5)).minusNanos(1000));
        sessions.visit(id);
        assertThat(sessions.get(id).session()).isEqualTo(before);

        clock.set(before.updatedAt().plus(Duration.ofMinutes(5)));
        sessions.visit(id);
        Session after = sessions.get(id).session();
        assertThat(after.lastActiveAt()).contains(clock.instant());
        assertThat(after.revision()).isEqualTo(before.revision());
        assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
        assertThat(seed.events(id)).isEqualTo(events);

        sessions.submit(
                id, "name", "Bob", new WriteConditions<>(Optional.of(Set.of(before.revision())), Optional.empty()));
    }

    @Test
    void recordsNoActivityRightAfterTheStart() {
        String id = started(Duration.ofHours(1));
        clock.set(clock.instant().plus(Duration.ofMinutes(4)));
        sessions.visit(id);
        assertThat(lastActive()).containsExactly("");
    }

    @Test
    void aRowThatOnlyOtherSoftwareWroteExpiresByItsCreation() {
        seed.start("theirs", "ada", Instant.now().minus(Duration.ofHours(25)));
        seed.update("theirs", "current_step", "f2_complete", "updated_at", Instant.now());
        assertThat(lastActive()).containsExactly("");
        assertThat(cleanUp()).isEqualTo(1);
    }

    @Test
    void keepsARowOfOtherSoftwareWhosePersonReturns() {
        seed.start("theirs", "ada", Instant.now().minus(Duration.ofDays(3)));
        database.execute("UPDATE onboarding_sessions SET flow = 'tour'");
        at(Duration.ofHours(2));
        sessions.visit("theirs");
        assertThat(cleanUp()).isZero();
        assertThat(seed.rows()).singleElement().asString().startsWith("theirs|ada|started|no|");
    }

    @Test
    void doesNotDeleteASessionWhosePersonReturnedAfterItWasChosen() {
        String id = started(Duration.ofDays(3));
        at(Duration.ZERO);
        AbandonedSessionCleanup interrupted = new AbandonedSessionCleanup(
                new ObservedRetentionStore(database.database().retention(), chosen -> sessions.visit(id)));
        assertThat(interrupted.run(HOURS).deletedCount()).isZero();
        assertThat(sessions.get(id).session().id()).isEqualTo(id);
    }

    @Test
    void movingASessionToANewVersionIsNoActivity() {
        String id = started(Duration.ofDays(3));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        Instant then = clock.instant();
        at(Duration.ofHours(1));
        sessions.restart(id, WriteConditions.none());
        assertThat(sessions.get(id).session().lastActiveAt()).contains(then);
        assertThat(cleanUp()).isEqualTo(1);
    }

    @Test
    void aLockedRowCanBeRead() throws Exception {
        String id = started(Duration.ofHours(3));
        at(Duration.ZERO);
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            try (Connection original = database.connect();
                    Statement statement = original.createStatement()) {
                original.setAutoCommit(false);
                statement.execute("UPDATE onboarding_sessions SET current_step = 'started'");
                assertThat(sessions.visit(id).session().id()).isEqualTo(id);
                original.rollback();
            }
            assertThat(lastActive()).containsExactly("");
        }
        sessions.visit(id);
        assertThat(lastActive()).containsExactly(SeedSql.text(clock.instant()));
    }

    @Test
    void theSqlFunctionKeepsAnActiveSession() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(23));
        sessions.visit(id);
        started(Duration.ofDays(3));
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            assertThat(database.query("SELECT cleanup_onboarding_sessions(24)")).containsExactly("1");
        } else {
            assertThat(cleanUp()).isEqualTo(1);
        }
        assertThat(sessions.get(id).session().id()).isEqualTo(id);
    }

    @Test
    void figuresCountDroppedSessionsByTheSameRuleEvenAfterDeletion() {
        String usersSession = started(Duration.ofDays(3));
        at(Duration.ofHours(3));
        sessions.visit(usersSession);
        String answered = started(Duration.ofDays(3));
        at(Duration.ofHours(3));
        sessions.submit(answered, "name", "Ada", WriteConditions.none());
        started(Duration.ofDays(3));
        var before = database.database().analytics().figures();
        assertThat(before.getFirst().dropped()).isEqualTo(1);
        assertThat(before.getFirst().open()).isEqualTo(2);

        assertThat(cleanup.run(new RetentionHours(2)).deletedCount()).isEqualTo(3);
        assertThat(database.database().analytics().figures()).isEqualTo(before);
    }

    @Test
    void figuresCountARecentSessionThatOtherSoftwareDeletedAsOpen() {
        String id = started(Duration.ofDays(3));
        at(Duration.ofHours(3));
        sessions.submit(id, "name", "Ada", WriteConditions.none());
        var before = database.database().analytics().figures();
        seed.delete(id);
        assertThat(database.database().analytics().figures()).isEqualTo(before);
    }
}
