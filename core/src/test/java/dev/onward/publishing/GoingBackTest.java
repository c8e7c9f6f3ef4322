package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.model.SessionView.SessionState;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.session.VersionUpgrader.UpgradeResult;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Making an earlier version current again, including the first one, and concurrent releases. */
@OnEachDatabase
class GoingBackTest extends TourTest {
    private static final String ONE_MORE =
            FIRST.replace("  - {id: last,", "  - {id: more, title: More}\n  - {id: last,");

    GoingBackTest(DatabaseKind kind) {
        super(kind);
    }

    @Test
    void makingAFirstVersionWithMigrateCurrentAgainMovesTheSessions() {
        String id = onSecondVersionAfter("migrate");
        goBackToFirst("migrate");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(there.get(id).answers().submitted("name").orElseThrow().value())
                .isEqualTo("Ada");
    }

    @Test
    void makingAFirstVersionWithRestartCurrentAgainRestartsTheSessions() {
        String id = onSecondVersionAfter("restart");
        goBackToFirst("restart");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(session(session(id).supersededBy().orElseThrow()).flowVersion())
                .isEqualTo(1);
    }

    @Test
    void makingAFirstVersionWithExitCurrentAgainDismissesTheSessions() {
        String id = onSecondVersionAfter("exit");
        goBackToFirst("exit");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).state()).isEqualTo(SessionState.DISMISSED);
    }

    @Test
    void theFirstVersionOfAFlowMovesNoSessions() {
        publish("in_flight: migrate\n" + FIRST);
        assertThat(releases.open()).isEmpty();
    }

    @Test
    void aReleaseThatANewerOneEndedMovesNoSessions() {
        publish(FIRST);
        String id = named("Ada");
        publish(MIGRATE);
        Release ended = releases.open().getFirst();
        OpenSession read = releases.openSessions(ReleaseStore.OutdatedSessions.by("tour", 2), 10)
                .getFirst();
        publish(ONE_MORE);

        assertThat(change.upgrade(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), ended.id()))
                .isEqualTo(UpgradeResult.RELEASE_ENDED);

        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(database.query("SELECT moved FROM onboarding_releases WHERE version = 2"))
                .containsExactly("0");
        assertThat(database.query("SELECT type FROM onboarding_events WHERE type = 'migrated'"))
                .isEmpty();
    }

    /** The retry after a lost response to a COMMIT. */
    @Test
    void aRetryOfMakingAVersionCurrentSucceedsEvenAfterAnotherRelease() {
        publish(FIRST);
        publish(MIGRATE);
        FlowPublication back = new FlowPublication(tour(FIRST), PublishMode.MAKE_CURRENT, "back");
        Instant now = clock.instant();
        PublishReport report =
                flowStore.publish(List.of(back), PublishOrigin.COMMAND, now).getFirst();
        assertThat(report).isEqualTo(new PublishReport("tour", 1, 1, PublishResult.MADE_CURRENT));
        publish(ONE_MORE);

        assertThat(flowStore.publish(List.of(back), PublishOrigin.COMMAND, now)).containsExactly(report);

        assertThat(flowStore.current()).containsEntry("tour", 3);
        assertThat(database.query("SELECT version FROM onboarding_releases ORDER BY released_at, version"))
                .containsExactly("1", "1", "2", "3");
    }

    @Test
    void aRetryOfPublishingAVersionSucceedsEvenAfterAnotherRelease() {
        publish(FIRST);
        FlowPublication next = new FlowPublication(tour(MIGRATE), PublishMode.PUBLISH, "next");
        Instant now = clock.instant();
        PublishReport report =
                flowStore.publish(List.of(next), PublishOrigin.API, now).getFirst();
        assertThat(report).isEqualTo(new PublishReport("tour", 2, 2, PublishResult.PUBLISHED));
        publish(ONE_MORE);

        assertThat(flowStore.publish(List.of(next), PublishOrigin.API, now)).containsExactly(report);

        assertThat(flowStore.current()).containsEntry("tour", 3);
    }

    /** A session on version 2, after a first version with this policy for open sessions. */
    private String onSecondVersionAfter(String policy) {
        publish(first(policy));
        publish(ONE_MORE);
        String id = start();
        there.submit(id, "name", "Ada", WriteConditions.none());
        assertThat(session(id).flowVersion()).isEqualTo(2);
        return id;
    }

    private void goBackToFirst(String policy) {
        clock.advance(Duration.ofMillis(1));
        assertThat(publisher.publish(tour(first(policy)), PublishMode.MAKE_CURRENT, PublishOrigin.COMMAND))
                .isEqualTo(new PublishReport("tour", 1, 1, PublishResult.MADE_CURRENT));
        assertThat(releases.open()).singleElement().returns(1, Release::version);
    }

    private static String first(String policy) {
        return "in_flight: " + policy + "\n" + FIRST;
    }
}
