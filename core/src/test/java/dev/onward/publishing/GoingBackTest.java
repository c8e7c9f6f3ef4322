package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.Publication;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.Verdict;
import dev.onward.session.Brought;
import dev.onward.session.SessionState;
import dev.onward.session.Terms;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Going back on purpose to a version that was published before, the first one too, and releases that cross. */
@OnEachDatabase
class GoingBackTest extends TourTest {
    private static final String ONE_MORE =
            FIRST.replace("  - {id: last,", "  - {id: more, title: More}\n  - {id: last,");

    GoingBackTest(DatabaseKind kind) {
        super(kind);
    }

    @Test
    void goingBackToAFirstVersionThatSaysMigrateTakesTheSessionsThere() {
        String id = onSecondVersionAfter("migrate");
        goBackToFirst("migrate");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(there.get(id).answers().given("name").orElseThrow().value()).isEqualTo("Ada");
    }

    @Test
    void goingBackToAFirstVersionThatSaysRestartBeginsThemAnewThere() {
        String id = onSecondVersionAfter("restart");
        goBackToFirst("restart");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(session(session(id).supersededBy().orElseThrow()).flowVersion())
                .isEqualTo(1);
    }

    @Test
    void goingBackToAFirstVersionThatSaysExitPutsThemAside() {
        String id = onSecondVersionAfter("exit");
        goBackToFirst("exit");
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(id).state()).isEqualTo(SessionState.DISMISSED);
    }

    @Test
    void theFirstVersionOfAFlowHasNobodyToMove() {
        publish("in_flight: migrate\n" + FIRST);
        assertThat(releases.open()).isEmpty();
    }

    @Test
    void aReleaseThatANewerOneHasEndedMovesNobody() {
        publish(FIRST);
        String id = named("Ada");
        publish(MIGRATE);
        Release ended = releases.open().getFirst();
        UnderWay read =
                releases.underWay(ReleaseStore.Concerned.by("tour", 2), 10).getFirst();
        publish(ONE_MORE);

        assertThat(change.bring(
                        read.session().orElseThrow(), flows.find("tour", 2).orElseThrow(), ended.id()))
                .isEqualTo(Brought.TOO_LATE);

        assertThat(session(id).flowVersion()).isEqualTo(1);
        assertThat(database.query("SELECT moved FROM onboarding_releases WHERE version = 2"))
                .containsExactly("0");
        assertThat(database.query("SELECT type FROM onboarding_events WHERE type = 'migrated'"))
                .isEmpty();
    }

    /** What a lost answer to a COMMIT leads to. */
    @Test
    void whoMadeAVersionCurrentIsToldSoAlsoWhereItIsRepeatedBehindTheReleaseOfAnother() {
        publish(FIRST);
        publish(MIGRATE);
        Publication back = new Publication(tour(FIRST), Wish.MAKE_CURRENT, "back");
        Instant now = clock.instant();
        Published said = flowStore.publish(List.of(back), Origin.COMMAND, now).getFirst();
        assertThat(said).isEqualTo(new Published("tour", 1, 1, Verdict.MADE_CURRENT));
        publish(ONE_MORE);

        assertThat(flowStore.publish(List.of(back), Origin.COMMAND, now)).containsExactly(said);

        assertThat(flowStore.current()).containsEntry("tour", 3);
        assertThat(database.query("SELECT version FROM onboarding_releases ORDER BY released_at, version"))
                .containsExactly("1", "1", "2", "3");
    }

    @Test
    void whoPublishedAVersionIsToldSoAlsoWhereItIsRepeatedBehindTheReleaseOfAnother() {
        publish(FIRST);
        Publication next = new Publication(tour(MIGRATE), Wish.PUBLISH, "next");
        Instant now = clock.instant();
        Published said = flowStore.publish(List.of(next), Origin.API, now).getFirst();
        assertThat(said).isEqualTo(new Published("tour", 2, 2, Verdict.PUBLISHED));
        publish(ONE_MORE);

        assertThat(flowStore.publish(List.of(next), Origin.API, now)).containsExactly(said);

        assertThat(flowStore.current()).containsEntry("tour", 3);
    }

    /** A session on version 2, after a first one that says this of the sessions under way. */
    private String onSecondVersionAfter(String policy) {
        publish(first(policy));
        publish(ONE_MORE);
        String id = start();
        there.submit(id, "name", "Ada", Terms.none());
        assertThat(session(id).flowVersion()).isEqualTo(2);
        return id;
    }

    private void goBackToFirst(String policy) {
        clock.advance(Duration.ofMillis(1));
        assertThat(publisher.publish(tour(first(policy)), Wish.MAKE_CURRENT, Origin.COMMAND))
                .isEqualTo(new Published("tour", 1, 1, Verdict.MADE_CURRENT));
        assertThat(releases.open()).singleElement().returns(1, Release::version);
    }

    private static String first(String policy) {
        return "in_flight: " + policy + "\n" + FIRST;
    }
}
