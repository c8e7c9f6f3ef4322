package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlightPolicy;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.model.SessionView.SessionState;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.session.LongRead;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader.UpgradeResult;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to open sessions when a version is released, for every policy. */
@OnEachDatabase
class RolloutTest extends TourTest {
    RolloutTest(DatabaseKind kind) {
        super(kind);
    }

    @BeforeEach
    void publishFirst() {
        publish(FIRST);
    }

    @Test
    void pinnedSessionsKeepTheirVersion() {
        String id = named("Ada");
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "pin"));
        assertThat(releases.open()).isEmpty();
        assertThat(rollout.runOnce().moved()).isZero();
        there.submit(id, "role", "maker", WriteConditions.none());
        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(session(start()).flowVersion()).isEqualTo(2);
    }

    @Test
    void migratedSessionsKeepTheirAnswersAndContinueWithTheNewVersion() {
        String id = named("Ada");
        there.submit(id, "role", "maker", WriteConditions.none());
        String kblock = there.declare(id, new Declaration("I believe.")).kblockId();
        publish(MIGRATE);
        clock.advance(Duration.ofSeconds(3));

        assertThat(rollout.runOnce().moved()).isEqualTo(1);

        var onboarding = there.get(id);
        assertThat(onboarding.session().flowVersion()).isEqualTo(2);
        assertThat(onboarding.session().currentStep()).isEqualTo("credo");
        assertThat(onboarding.answers().submitted("name").orElseThrow().value()).isEqualTo("Ada");
        assertThat(onboarding.answers().submitted("job").orElseThrow().value()).isEqualTo("maker");
        assertThat(onboarding.session().firstKBlockId()).contains(kblock);
        assertThat(onboarding.next()).map(step -> step.id()).contains("more");
        assertThat(database.query("SELECT type, step, flow_version, revision FROM onboarding_events"
                        + " WHERE session_id = '" + id + "' ORDER BY revision DESC LIMIT 1"))
                .containsExactly("migrated|credo|2|5");
    }

    @Test
    void anIncompatibleSessionKeepsItsVersionAndIsCounted() {
        String fits = named("Ada");
        String tooLong = named("Augusta");
        publish(MIGRATE);
        finish();
        assertThat(session(fits).flowVersion()).isEqualTo(2);
        assertThat(session(tooLong).flowVersion()).isEqualTo(1);
        there.submit(tooLong, "role", "maker", WriteConditions.none());
        assertThat(releases.newest("tour")).hasValueSatisfying(release -> {
            assertThat(release.moved()).isEqualTo(1);
            assertThat(release.leftBehind()).isEqualTo(1);
            assertThat(release.finishedAt()).contains(clock.instant());
        });
    }

    @Test
    void restartedSessionsAreKeptAndNameTheirReplacement() {
        String id = there.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
        there.submit(id, "name", "Ada", WriteConditions.none());
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "restart"));

        assertThat(rollout.runOnce().moved()).isEqualTo(1);

        Session old = session(id);
        assertThat(old.state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(there.get(id).answers().submitted("name").orElseThrow().value())
                .isEqualTo("Ada");
        Session anew = session(old.supersededBy().orElseThrow());
        assertThat(anew.userId()).contains("ada");
        assertThat(anew.flowVersion()).isEqualTo(2);
        assertThat(anew.currentStep()).isEqualTo("started");
        assertThat(rollout.runOnce().moved()).isZero();
    }

    @Test
    void exitedSessionsAreDismissedAndCanBeReopened() {
        String id = named("Ada");
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "exit"));
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).state()).isEqualTo(SessionState.DISMISSED);
        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(database.query("SELECT type FROM onboarding_events WHERE session_id = '" + id
                        + "' ORDER BY revision DESC LIMIT 1"))
                .containsExactly("exited");
        there.reopen(id, WriteConditions.none());
        assertThat(rollout.runOnce().moved())
                .as("a pass is over; the last one is a minute after the release")
                .isZero();
    }

    @Test
    void theSameReleaseDoesNotDismissAReopenedSessionAgain() {
        String id = named("Ada");
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "exit"));
        rollout.runOnce();
        there.reopen(id, WriteConditions.none());
        finish();
        assertThat(session(id).state()).isEqualTo(SessionState.OPEN);
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "exit").replace("title: Name", "title: The name"));
        rollout.runOnce();
        assertThat(session(id).state()).as("the next one does").isEqualTo(SessionState.DISMISSED);
    }

    @Test
    void movesOnlyOpenSessions() {
        String dismissed = named("Ada");
        there.dismiss(dismissed, WriteConditions.none());
        String completed = named("Bob");
        there.submit(completed, "role", "maker", WriteConditions.none());
        there.declare(completed, new Declaration("I believe."));
        there.submit(completed, "last", java.util.Map.of(), WriteConditions.none());
        String superseded = named("Eve");
        String anew =
                there.restart(superseded, WriteConditions.none()).session().id();
        publish(MIGRATE);
        finish();
        assertThat(List.of(dismissed, completed, superseded))
                .allSatisfy(id -> assertThat(session(id).flowVersion()).isEqualTo(1));
        assertThat(session(anew).flowVersion()).isEqualTo(2);
        assertThat(releases.newest("tour").orElseThrow().moved()).isEqualTo(1);
    }

    @Test
    void completesAMovedSessionWithoutRemainingSteps() {
        String id = named("Ada");
        publish("in_flight: migrate\nsteps:\n  - {id: name, title: Name, input: {type: string}}\n");
        rollout.runOnce();
        assertThat(session(id).state()).isEqualTo(SessionState.FINISHED);
        assertThat(database.query("SELECT type FROM onboarding_events WHERE session_id = '" + id
                        + "' AND revision = 3 ORDER BY type"))
                .containsExactly("completed", "migrated");
    }

    @Test
    void aDryRunPredictsTheRollout() {
        named("Ada");
        named("Bob");
        String tooLong = named("Augusta");
        start();
        FlowDefinition next = tour(MIGRATE);
        PublishPreview preview = dryRun.of(next, PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork());
        assertThat(preview)
                .isEqualTo(new PublishPreview(
                        new PublishReport("tour", 2, 2, PublishResult.PUBLISHED),
                        next.flow().inFlight(),
                        4,
                        4,
                        3,
                        1,
                        List.of(tooLong)));
        assertThat(flowStore.current()).containsEntry("tour", 1);
        assertThat(database.query("SELECT DISTINCT flow_version FROM onboarding_sessions"))
                .containsExactly("1");

        publish(MIGRATE);
        finish();
        assertThat(releases.newest("tour").orElseThrow())
                .returns(preview.clean(), Release::moved)
                .returns(preview.unmapped(), Release::leftBehind);
        assertThat(dryRun.of(next, PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork())
                        .unmappedIds())
                .as("sessions that were not moved, after the release has finished")
                .containsExactly(tooLong);
    }

    @Test
    void aDryRunOverManySessionsUsesAnEvenlySpreadSample() {
        for (int i = 0; i < 20; i++) {
            named(i < 10 ? "Augusta" : "Ada");
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(dryRun.of(tour(MIGRATE), PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork(), 20))
                .returns(20L, PublishPreview::sessions)
                .returns(20L, PublishPreview::lookedAt)
                .returns(10L, PublishPreview::clean);
        assertThat(dryRun.of(tour(MIGRATE), PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork(), 7))
                .returns(20L, PublishPreview::sessions)
                .returns(7L, PublishPreview::lookedAt)
                .returns(3L, PublishPreview::clean)
                .returns(4L, PublishPreview::unmapped);
    }

    @Test
    void aDryRunWithPinReportsNoUnmappedSessions() {
        named("Ada");
        FlowDefinition next = tour(MIGRATE.replace("migrate\nstep_map: {role: job}", "pin"));
        assertThat(dryRun.of(next, PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork()))
                .isEqualTo(new PublishPreview(
                        new PublishReport("tour", 2, 2, PublishResult.PUBLISHED),
                        new InFlightPolicy.PinSessions(),
                        1,
                        1,
                        0,
                        0,
                        List.of()));
    }

    @Test
    void aDryRunOfAVersionThatWouldNotBecomeCurrentConcernsNoSessions() {
        named("Ada");
        publish(MIGRATE);
        PublishPreview preview = dryRun.of(tour(FIRST), PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork());
        assertThat(preview.published().result()).isEqualTo(PublishResult.NOT_CURRENT);
        assertThat(preview.sessions()).isZero();
        assertThat(dryRun.of(tour(FIRST), PublishMode.MAKE_CURRENT, PublishOrigin.API, LongRead.forWork())
                        .inFlight())
                .isEqualTo(new InFlightPolicy.PinSessions());
    }

    @Test
    void theLastPassMovesASessionThatStartedOnTheOldVersionAfterTheRelease() {
        publish(MIGRATE);
        assertThat(rollout.runOnce().moved()).isZero();
        String late = start();
        database.execute("UPDATE onboarding_sessions SET flow_version = 1 WHERE id = '" + late + "'");
        clock.advance(Duration.ofSeconds(59));
        assertThat(rollout.runOnce().finished()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        Rollout.RolloutReport last = rollout.runOnce();
        assertThat(last.moved()).isEqualTo(1);
        assertThat(last.finished()).singleElement().returns(1L, Release::moved);
        assertThat(session(late).flowVersion()).isEqualTo(2);
        assertThat(releases.open()).isEmpty();
    }

    @Test
    void aNewerReleaseReplacesAnOlderOne() {
        String id = named("Ada");
        publish(MIGRATE);
        publish(FIRST.replace("title: Name", "title: Your name"));
        rollout.runOnce();
        assertThat(session(id).flowVersion()).as("the newest says pin").isEqualTo(1);
        assertThat(database.query("SELECT version, finished_at IS NULL FROM onboarding_releases WHERE flow = 'tour'"
                        + " AND finished_at IS NULL"))
                .isEmpty();
        publish(MIGRATE.replace("title: Name", "title: The name"));
        rollout.runOnce();
        assertThat(session(id).flowVersion()).isEqualTo(4);
    }

    @Test
    void makingAnOlderVersionCurrentAppliesItsPolicy() {
        publish(MIGRATE);
        String id = there.start(StartRequest.of("tour")).onboarding().session().id();
        database.execute("UPDATE onboarding_sessions SET flow_version = 2");
        publisher.publish(tour(FIRST), PublishMode.MAKE_CURRENT, PublishOrigin.COMMAND);
        rollout.runOnce();
        assertThat(session(id).flowVersion()).as("it says pin").isEqualTo(2);
        publisher.publish(tour(MIGRATE), PublishMode.MAKE_CURRENT, PublishOrigin.COMMAND);
        assertThat(releases.open()).singleElement().returns(2, Release::version);
    }

    @Test
    void concurrentNodesMoveEachSessionOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            ids.add(named("A" + i % 10));
        }
        publish(MIGRATE);
        List<Integer> moved = new ArrayList<>();
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            List<Future<Rollout.RolloutReport>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(nodes.submit(() -> new Rollout(releases, flows, change, clock).runOnce()));
            }
            for (Future<Rollout.RolloutReport> node : running) {
                moved.add(node.get().moved());
            }
        }
        assertThat(moved.stream().mapToInt(Integer::intValue).sum()).isEqualTo(450);
        assertThat(database.query("SELECT moved FROM onboarding_releases WHERE flow = 'tour' AND version = 2"))
                .containsExactly("450");
        assertThat(database.query("SELECT count(*), count(DISTINCT session_id) FROM onboarding_events"
                        + " WHERE type = 'migrated'"))
                .containsExactly("450|450");
        assertThat(database.query("SELECT DISTINCT flow_version, revision FROM onboarding_sessions"))
                .containsExactly("2|3");
        assertThat(there.get(ids.getLast()).answers().submitted("name")).isPresent();
    }

    @Test
    void movesManySessionsInOneTransaction() {
        for (String name : List.of("Ada", "Augusta", "Bob")) {
            named(name);
            clock.advance(Duration.ofSeconds(1));
        }
        publish(MIGRATE);
        List<Session> read = releases.openSessions(ReleaseStore.OutdatedSessions.by("tour", 2), 10).stream()
                .flatMap(one -> one.session().stream())
                .toList();
        there.submit(read.getLast().id(), "role", "maker", WriteConditions.none());
        Flow to = flows.find("tour", 2).orElseThrow();
        String release = releases.open().getFirst().id();

        assertThat(change.upgradeBatch(read, to, release))
                .as("a session that has changed is moved on its own")
                .isEqualTo(Map.of(
                        read.getFirst().id(), UpgradeResult.MOVED, read.get(1).id(), UpgradeResult.INCOMPATIBLE));
        assertThat(releases.newest("tour").orElseThrow().moved()).isEqualTo(1);

        releases.finish(release, clock.instant(), 0);
        assertThat(change.upgradeBatch(List.of(session(read.getLast().id())), to, release))
                .isEqualTo(Map.of(read.getLast().id(), UpgradeResult.RELEASE_ENDED));
        assertThat(session(read.getLast().id()).flowVersion()).isEqualTo(1);
    }

    @Test
    void anUnfinishedRunContinuesImmediately() {
        named("Ada");
        database.execute(database.sql(
                        "WITH RECURSIVE more(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more WHERE i < 5001)",
                        "WITH more(i) AS (SELECT generate_series(1, 5001))")
                + " INSERT INTO onboarding_sessions (id, current_step, completed, created_at, updated_at, flow,"
                + " flow_version, revision, started_recorded, answers) SELECT 'more-' || i, current_step, completed,"
                + " created_at, updated_at, flow, flow_version, revision, started_recorded, answers"
                + " FROM onboarding_sessions, more");
        publish(MIGRATE);
        assertThat(rollout.runOnce())
                .returns(5_000, Rollout.RolloutReport::moved)
                .returns(true, Rollout.RolloutReport::more);
        assertThat(rollout.runOnce())
                .returns(2, Rollout.RolloutReport::moved)
                .returns(false, Rollout.RolloutReport::more);
    }

    @Test
    void doesNotLoseAnAnswerThatArrivesWhileASessionMoves() {
        String id = named("Ada");
        publish(MIGRATE);
        OpenSession read = releases.openSessions(ReleaseStore.OutdatedSessions.by("tour", 2), 10)
                .getFirst();
        there.submit(id, "role", "maker", WriteConditions.none());
        String release = releases.open().getFirst().id();

        assertThat(change.upgrade(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), release))
                .isEqualTo(UpgradeResult.MOVED);

        assertThat(session(id).flowVersion()).isEqualTo(2);
        assertThat(there.get(id).answers().submitted("job").orElseThrow().value())
                .isEqualTo("maker");
        assertThat(change.upgrade(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), release))
                .as("once")
                .isEqualTo(UpgradeResult.NOT_NEEDED);
    }

    @Test
    void rowsOfOtherSoftwareDoNotStopAPass() {
        seed.insert("id", "foreign");
        database.execute("UPDATE onboarding_sessions SET flow = 'tour', created_at = "
                + database.sql("'some day'", "'2020-01-01T00:00:00Z'") + " WHERE id = 'foreign'");
        for (int i = 0; i < 250; i++) {
            named("Ada");
        }
        publish(MIGRATE);
        assertThat(rollout.runOnce().moved()).isEqualTo(251);
    }
}
