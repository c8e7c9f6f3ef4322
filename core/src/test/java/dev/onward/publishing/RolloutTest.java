package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.Definition;
import dev.onward.flow.Flow;
import dev.onward.flow.InFlight;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.Verdict;
import dev.onward.session.Brought;
import dev.onward.session.Declaration;
import dev.onward.session.LongRead;
import dev.onward.session.Session;
import dev.onward.session.SessionState;
import dev.onward.session.Start;
import dev.onward.session.Terms;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the sessions under way when a version is released, by every policy. */
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
    void pinnedSessionsGoOnWithTheirVersion() {
        String id = named("Ada");
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "pin"));
        assertThat(releases.open()).isEmpty();
        assertThat(rollout.runOnce().moved()).isZero();
        there.submit(id, "role", "maker", Terms.none());
        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(session(start()).flowVersion()).isEqualTo(2);
    }

    @Test
    void migratedSessionsKeepTheirAnswersAndGoOnWithTheNewVersion() {
        String id = named("Ada");
        there.submit(id, "role", "maker", Terms.none());
        String kblock = there.declare(id, new Declaration("I believe.")).kblockId();
        publish(MIGRATE);
        clock.advance(Duration.ofSeconds(3));

        assertThat(rollout.runOnce().moved()).isEqualTo(1);

        var journey = there.get(id);
        assertThat(journey.session().flowVersion()).isEqualTo(2);
        assertThat(journey.session().currentStep()).isEqualTo("credo");
        assertThat(journey.answers().given("name").orElseThrow().value()).isEqualTo("Ada");
        assertThat(journey.answers().given("job").orElseThrow().value()).isEqualTo("maker");
        assertThat(journey.session().firstKBlockId()).contains(kblock);
        assertThat(journey.next()).map(step -> step.id()).contains("more");
        assertThat(database.query("SELECT type, step, flow_version, revision FROM onboarding_events"
                        + " WHERE session_id = '" + id + "' ORDER BY revision DESC LIMIT 1"))
                .containsExactly("migrated|credo|2|5");
    }

    @Test
    void aSessionThatDoesNotFitStaysOnItsVersionAndIsCounted() {
        String fits = named("Ada");
        String tooLong = named("Augusta");
        publish(MIGRATE);
        finish();
        assertThat(session(fits).flowVersion()).isEqualTo(2);
        assertThat(session(tooLong).flowVersion()).isEqualTo(1);
        there.submit(tooLong, "role", "maker", Terms.none());
        assertThat(releases.newest("tour")).hasValueSatisfying(release -> {
            assertThat(release.moved()).isEqualTo(1);
            assertThat(release.leftBehind()).isEqualTo(1);
            assertThat(release.finishedAt()).contains(clock.instant());
        });
    }

    @Test
    void restartedSessionsAreKeptAndSayWhichOneStandsInTheirPlace() {
        String id = there.start(Start.of("tour").by("ada")).journey().session().id();
        there.submit(id, "name", "Ada", Terms.none());
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "restart"));

        assertThat(rollout.runOnce().moved()).isEqualTo(1);

        Session old = session(id);
        assertThat(old.state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(there.get(id).answers().given("name").orElseThrow().value()).isEqualTo("Ada");
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
        there.reopen(id, Terms.none());
        assertThat(rollout.runOnce().moved())
                .as("a pass is over; the last one is a minute after the release")
                .isZero();
    }

    @Test
    void whoReopensAnExitedSessionIsNotPutAsideOnceMoreByTheSameRelease() {
        String id = named("Ada");
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "exit"));
        rollout.runOnce();
        there.reopen(id, Terms.none());
        finish();
        assertThat(session(id).state()).isEqualTo(SessionState.OPEN);
        publish(MIGRATE.replace("migrate\nstep_map: {role: job}", "exit").replace("title: Name", "title: The name"));
        rollout.runOnce();
        assertThat(session(id).state()).as("the next one does").isEqualTo(SessionState.DISMISSED);
    }

    @Test
    void onlyOpenSessionsAreConcerned() {
        String dismissed = named("Ada");
        there.dismiss(dismissed, Terms.none());
        String completed = named("Bob");
        there.submit(completed, "role", "maker", Terms.none());
        there.declare(completed, new Declaration("I believe."));
        there.submit(completed, "last", java.util.Map.of(), Terms.none());
        String superseded = named("Eve");
        String anew = there.restart(superseded, Terms.none()).session().id();
        publish(MIGRATE);
        finish();
        assertThat(List.of(dismissed, completed, superseded))
                .allSatisfy(id -> assertThat(session(id).flowVersion()).isEqualTo(1));
        assertThat(session(anew).flowVersion()).isEqualTo(2);
        assertThat(releases.newest("tour").orElseThrow().moved()).isEqualTo(1);
    }

    @Test
    void aSessionWithNothingLeftToDoIsCompleted() {
        String id = named("Ada");
        publish("in_flight: migrate\nsteps:\n  - {id: name, title: Name, input: {type: string}}\n");
        rollout.runOnce();
        assertThat(session(id).state()).isEqualTo(SessionState.FINISHED);
        assertThat(database.query("SELECT type FROM onboarding_events WHERE session_id = '" + id
                        + "' AND revision = 3 ORDER BY type"))
                .containsExactly("completed", "migrated");
    }

    @Test
    void aDryRunSaysBeforehandWhatThenHappens() {
        named("Ada");
        named("Bob");
        String tooLong = named("Augusta");
        start();
        Definition next = tour(MIGRATE);
        Preview preview = dryRun.of(next, Wish.PUBLISH, Origin.API, LongRead.forWork());
        assertThat(preview)
                .isEqualTo(new Preview(
                        new Published("tour", 2, 2, Verdict.PUBLISHED),
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
        assertThat(dryRun.of(next, Wish.PUBLISH, Origin.API, LongRead.forWork()).unmappedIds())
                .as("who was left behind is told afterwards too")
                .containsExactly(tooLong);
    }

    @Test
    void aDryRunOverManySessionsLooksAtSomeThatAreEvenlySpread() {
        for (int i = 0; i < 20; i++) {
            named(i < 10 ? "Augusta" : "Ada");
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(dryRun.of(tour(MIGRATE), Wish.PUBLISH, Origin.API, LongRead.forWork(), 20))
                .returns(20L, Preview::sessions)
                .returns(20L, Preview::lookedAt)
                .returns(10L, Preview::clean);
        assertThat(dryRun.of(tour(MIGRATE), Wish.PUBLISH, Origin.API, LongRead.forWork(), 7))
                .returns(20L, Preview::sessions)
                .returns(7L, Preview::lookedAt)
                .returns(3L, Preview::clean)
                .returns(4L, Preview::unmapped);
    }

    @Test
    void aDryRunUnderPinSaysThatTheyStayAndCallsNobodyUnmapped() {
        named("Ada");
        Definition next = tour(MIGRATE.replace("migrate\nstep_map: {role: job}", "pin"));
        assertThat(dryRun.of(next, Wish.PUBLISH, Origin.API, LongRead.forWork()))
                .isEqualTo(new Preview(
                        new Published("tour", 2, 2, Verdict.PUBLISHED), new InFlight.Pin(), 1, 1, 0, 0, List.of()));
    }

    @Test
    void aDryRunOfWhatWouldNotBecomeCurrentConcernsNobody() {
        named("Ada");
        publish(MIGRATE);
        Preview preview = dryRun.of(tour(FIRST), Wish.PUBLISH, Origin.API, LongRead.forWork());
        assertThat(preview.published().verdict()).isEqualTo(Verdict.NOT_CURRENT);
        assertThat(preview.sessions()).isZero();
        assertThat(dryRun.of(tour(FIRST), Wish.MAKE_CURRENT, Origin.API, LongRead.forWork())
                        .inFlight())
                .isEqualTo(new InFlight.Pin());
    }

    @Test
    void aSessionThatBeganOnTheOldVersionAfterwardsIsMovedByTheLastPass() {
        publish(MIGRATE);
        assertThat(rollout.runOnce().moved()).isZero();
        String late = start();
        database.execute("UPDATE onboarding_sessions SET flow_version = 1 WHERE id = '" + late + "'");
        clock.advance(Duration.ofSeconds(59));
        assertThat(rollout.runOnce().finished()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        Rollout.Report last = rollout.runOnce();
        assertThat(last.moved()).isEqualTo(1);
        assertThat(last.finished()).singleElement().returns(1L, Release::moved);
        assertThat(session(late).flowVersion()).isEqualTo(2);
        assertThat(releases.open()).isEmpty();
    }

    @Test
    void aNewerReleaseTakesOver() {
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
    void goingBackMovesAsTheVersionThatIsCurrentAgainSays() {
        publish(MIGRATE);
        String id = there.start(Start.of("tour")).journey().session().id();
        database.execute("UPDATE onboarding_sessions SET flow_version = 2");
        publisher.publish(tour(FIRST), Wish.MAKE_CURRENT, Origin.COMMAND);
        rollout.runOnce();
        assertThat(session(id).flowVersion()).as("it says pin").isEqualTo(2);
        publisher.publish(tour(MIGRATE), Wish.MAKE_CURRENT, Origin.COMMAND);
        assertThat(releases.open()).singleElement().returns(2, Release::version);
    }

    @Test
    void everySessionOfManyIsMovedOnceByNodesThatDoItAtOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            ids.add(named("A" + i % 10));
        }
        publish(MIGRATE);
        List<Integer> moved = new ArrayList<>();
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            List<Future<Rollout.Report>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(nodes.submit(() -> new Rollout(releases, flows, change, clock).runOnce()));
            }
            for (Future<Rollout.Report> node : running) {
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
        assertThat(there.get(ids.getLast()).answers().given("name")).isPresent();
    }

    @Test
    void manySessionsAreMovedInOneTransaction() {
        for (String name : List.of("Ada", "Augusta", "Bob")) {
            named(name);
            clock.advance(Duration.ofSeconds(1));
        }
        publish(MIGRATE);
        List<Session> read = releases.underWay(ReleaseStore.Concerned.by("tour", 2), 10).stream()
                .flatMap(one -> one.session().stream())
                .toList();
        there.submit(read.getLast().id(), "role", "maker", Terms.none());
        Flow to = flows.find("tour", 2).orElseThrow();
        String release = releases.open().getFirst().id();

        assertThat(change.bringTogether(read, to, release))
                .as("who has gone on meanwhile is left to be brought alone")
                .isEqualTo(
                        Map.of(read.getFirst().id(), Brought.MOVED, read.get(1).id(), Brought.LEFT_BEHIND));
        assertThat(releases.newest("tour").orElseThrow().moved()).isEqualTo(1);

        releases.finish(release, clock.instant(), 0);
        assertThat(change.bringTogether(List.of(session(read.getLast().id())), to, release))
                .isEqualTo(Map.of(read.getLast().id(), Brought.TOO_LATE));
        assertThat(session(read.getLast().id()).flowVersion()).isEqualTo(1);
    }

    @Test
    void aRunThatIsNotThroughGoesOnAtOnce() {
        named("Ada");
        database.execute(database.sql(
                        "WITH RECURSIVE more(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more WHERE i < 5001)",
                        "WITH more(i) AS (SELECT generate_series(1, 5001))")
                + " INSERT INTO onboarding_sessions (id, current_step, completed, created_at, updated_at, flow,"
                + " flow_version, revision, started_recorded, answers) SELECT 'more-' || i, current_step, completed,"
                + " created_at, updated_at, flow, flow_version, revision, started_recorded, answers"
                + " FROM onboarding_sessions, more");
        publish(MIGRATE);
        assertThat(rollout.runOnce()).returns(5_000, Rollout.Report::moved).returns(true, Rollout.Report::more);
        assertThat(rollout.runOnce()).returns(2, Rollout.Report::moved).returns(false, Rollout.Report::more);
    }

    @Test
    void anAnswerThatComesWhileASessionIsMovedIsNotLost() {
        String id = named("Ada");
        publish(MIGRATE);
        UnderWay read =
                releases.underWay(ReleaseStore.Concerned.by("tour", 2), 10).getFirst();
        there.submit(id, "role", "maker", Terms.none());
        String release = releases.open().getFirst().id();

        assertThat(change.bring(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), release))
                .isEqualTo(Brought.MOVED);

        assertThat(session(id).flowVersion()).isEqualTo(2);
        assertThat(there.get(id).answers().given("job").orElseThrow().value()).isEqualTo("maker");
        assertThat(change.bring(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), release))
                .as("once")
                .isEqualTo(Brought.PASSED_OVER);
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
