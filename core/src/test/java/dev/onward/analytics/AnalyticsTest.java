package dev.onward.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.FlowFigures;
import dev.onward.model.FlowFigures.DropOff;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Analytics, and above all that they stay the same after a cleanup. */
@OnEachDatabase
class AnalyticsTest extends StoreTest {

    AnalyticsTest(DatabaseKind kind) {
        super(kind, Instant.now());
    }

    private static Instant ago(Duration age) {
        return Instant.now().minus(age);
    }

    private String startedAgo(Duration age) {
        clock.set(ago(age));
        return sessions.start(StartRequest.of("genesis")).onboarding().session().id();
    }

    private List<FlowFigures> figures() {
        return database.database().analytics().figures();
    }

    private int cleanUp(int hours) {
        return new AbandonedSessionCleanup(database.database().retention())
                .run(new RetentionHours(hours))
                .deletedCount();
    }

    /** One session of each kind that the table may contain. */
    private void fill() {
        sessions.declare(startedAgo(Duration.ofDays(3)), new Declaration("Mine."));
        sessions.complete(startedAgo(Duration.ofDays(3)));
        startedAgo(Duration.ofDays(3));
        startedAgo(Duration.ofHours(3));
        startedAgo(Duration.ofMinutes(3));
        seed.start("foreign open", "ada", ago(Duration.ofDays(3)));
        seed.start("foreign done", "ada", ago(Duration.ofDays(3)));
        seed.complete("foreign done", ago(Duration.ofDays(2)));
        contradict("unknown step", "current_step", "f2_complete");
        contradict("time without completed", "completed_at", Instant.now(), "current_step", "completed");
        contradict("completed without time", "completed", true, "current_step", "f2_complete");
        contradict("declared and open", "first_declaration", "Mine.");
        String reopened = startedAgo(Duration.ofDays(3));
        sessions.declare(reopened, new Declaration("Mine."));
        seed.update(reopened, "completed", false);
        database.execute("UPDATE onboarding_sessions SET dismissed_at = created_at WHERE id = '"
                + startedAgo(Duration.ofDays(3)) + "'");
    }

    private void contradict(String id, Object... namesAndValues) {
        seed.start(id, "bob", ago(Duration.ofDays(3)));
        seed.update(id, namesAndValues);
    }

    @Test
    void reportHowManyStartedCompletedAndDroppedOffAtEachStep() {
        fill();
        assertThat(figures())
                .containsExactly(new FlowFigures(
                        "genesis",
                        13,
                        4,
                        6,
                        List.of(
                                new DropOff("started", 3),
                                new DropOff("completed", 1),
                                new DropOff("f2_complete", 1),
                                new DropOff("first_declaration", 1))));
        assertThat(figures().getFirst().open()).isEqualTo(3);
    }

    @Test
    void stayTheSameAfterCleanup() {
        fill();
        List<FlowFigures> before = figures();
        assertThat(cleanUp(24)).isEqualTo(6);
        assertThat(figures()).isEqualTo(before);
    }

    @Test
    void stayTheSameAfterACleanupWithFewerHours() {
        fill();
        List<FlowFigures> before = figures();
        assertThat(cleanUp(1)).isEqualTo(7);
        assertThat(figures()).isEqualTo(before);
    }

    @Test
    void countASessionDeletedEarlyAsDroppedAfterItsRetention() {
        startedAgo(Duration.ofHours(3));
        database.execute("INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 2)");
        cleanUp(1);
        assertThat(figures().getFirst().dropped()).isZero();
        database.execute("UPDATE onboarding_flows SET retention_hours = 2 WHERE flow = 'genesis'");
        assertThat(figures().getFirst().dropped()).isEqualTo(1);
    }

    @Test
    void stayTheSameAfterTheOriginalDeletedBackfilledSessions() {
        String open = startedAgo(Duration.ofDays(3));
        String done = startedAgo(Duration.ofDays(3));
        sessions.declare(done, new Declaration("Mine."));
        seed.start("foreign open", "ada", ago(Duration.ofDays(3)));
        seed.start("foreign done", "ada", ago(Duration.ofDays(3)));
        seed.complete("foreign done", ago(Duration.ofDays(2)));
        database.database().backfill();
        List<FlowFigures> before = figures();
        List.of(open, done, "foreign open", "foreign done").forEach(seed::delete);
        assertThat(figures()).isEqualTo(before);
    }

    @Test
    void areEmptyWithoutSessions() {
        assertThat(figures()).isEmpty();
    }

    @Test
    void reportTheCompletionRate() {
        sessions.complete(startedAgo(Duration.ofHours(1)));
        startedAgo(Duration.ofHours(1));
        assertThat(figures().getFirst().completionRate()).isEqualTo(0.5);
    }

    @Test
    void countEachFlowSeparatelyByItsOwnRetention() {
        database.execute(
                "INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 100)");
        seed.start("genesis", "ada", ago(Duration.ofDays(3)));
        seed.start("tour", "ada", ago(Duration.ofDays(3)));
        database.execute("UPDATE onboarding_sessions SET flow = 'tour' WHERE id = 'tour'");
        List<FlowFigures> before = figures();
        assertThat(before).extracting(FlowFigures::flow).containsExactly("genesis", "tour");
        assertThat(before).extracting(FlowFigures::dropped).containsExactly(1L, 0L);
        assertThat(cleanUp(24)).isEqualTo(1);
        assertThat(figures()).isEqualTo(before);
    }

    @Test
    void countARestartOnce() {
        String id = startedAgo(Duration.ofDays(3));
        sessions.restart(id, WriteConditions.none());
        clock.set(ago(Duration.ofHours(1)));
        sessions.complete(sessions.get(id).session().supersededBy().orElseThrow());
        assertThat(figures()).containsExactly(new FlowFigures("genesis", 1, 1, 0, List.of()));
        assertThat(cleanUp(24)).isEqualTo(1);
        assertThat(figures()).containsExactly(new FlowFigures("genesis", 1, 1, 0, List.of()));
    }

    @Test
    void doNotCountASupersededSessionAsDropped() {
        String anonymous = startedAgo(Duration.ofDays(3));
        clock.set(ago(Duration.ofDays(3)));
        sessions.start(StartRequest.of("genesis").by("ada"));
        sessions.claim(anonymous, "ada", ClaimPolicy.KEEP_TARGET, WriteConditions.none());
        List<FlowFigures> figures = List.of(new FlowFigures("genesis", 1, 0, 1, List.of(new DropOff("started", 1))));
        assertThat(figures()).isEqualTo(figures);
        assertThat(cleanUp(24)).isEqualTo(2);
        assertThat(figures()).isEqualTo(figures);
    }

    @Test
    void countACompletionThatWasFollowedByARestart() {
        String id = startedAgo(Duration.ofDays(3));
        sessions.complete(id);
        sessions.restart(id, WriteConditions.none());
        List<FlowFigures> figures = figures();
        assertThat(figures.getFirst().started()).isEqualTo(2);
        assertThat(figures.getFirst().completed()).isEqualTo(1);
        database.database().backfill();
        seed.delete(id);
        assertThat(figures()).isEqualTo(figures);
    }

    @Test
    void doNotCountADismissedSessionAsDroppedEvenAfterDeletion() {
        String dismissed = startedAgo(Duration.ofDays(3));
        sessions.dismiss(dismissed, WriteConditions.none());
        String reopened = startedAgo(Duration.ofDays(3));
        sessions.dismiss(reopened, WriteConditions.none());
        sessions.reopen(reopened, WriteConditions.none());
        List<FlowFigures> figures = List.of(new FlowFigures("genesis", 2, 0, 1, List.of(new DropOff("started", 1))));
        assertThat(figures()).isEqualTo(figures);
        List.of(dismissed, reopened).forEach(seed::delete);
        assertThat(figures()).isEqualTo(figures);
    }

    @Test
    void reportTheProgressOfAMergedSessionThatTheOriginalDeleted() {
        SessionService tours = new SessionService(
                FlowCatalog.of(List.of(FlowReader.review("tour.yaml", """
                        flow: tour
                        title: Tour
                        steps:
                          - {id: zeal, title: Z, input: {}}
                          - {id: able, title: A, input: {}}
                          - {id: last, title: Last}
                        """))),
                database.database().sessions(),
                clock,
                IdGenerator.random());
        clock.set(ago(Duration.ofDays(3)));
        String usersSession = tours.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
        String anonymous =
                tours.start(StartRequest.of("tour")).onboarding().session().id();
        tours.submit(anonymous, "zeal", 1, WriteConditions.none());
        tours.submit(anonymous, "able", 1, WriteConditions.none());
        tours.claim(anonymous, "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none());
        List<FlowFigures> figures = List.of(new FlowFigures("tour", 1, 0, 1, List.of(new DropOff("able", 1))));
        assertThat(figures()).isEqualTo(figures);
        seed.delete(usersSession);
        assertThat(figures()).isEqualTo(figures);
    }
}
