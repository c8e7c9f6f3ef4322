package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.FlowCatalog;
import dev.onward.flow.FlowReader;
import dev.onward.session.Claimed.Result;
import dev.onward.testing.AtOnce;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Claims at the same moment. */
@OnEachDatabase
class ClaimRaceTest extends StoreTest {
    private static final int ROUNDS = 20;

    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("many.yaml", """
            flow: many
            title: Many
            steps:
              - {id: a, title: A, optional: true, input: {type: integer}}
              - {id: b, title: B, optional: true, input: {type: integer}}
              - {id: c, title: C, optional: true, input: {type: integer}}
              - {id: d, title: D, optional: true, input: {type: integer}}
              - {id: last, title: Last}
            """)));

    ClaimRaceTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00Z"), FLOWS);
    }

    private String start(Start start) {
        return sessions.start(start).journey().session().id();
    }

    @Test
    void oneOfTwoUsersWinsAndTheOtherIsTold() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start(Start.of("many"));
            String ada = "ada " + round;
            String bob = "bob " + round;
            List<AtOnce.Ended<Claimed>> ended = AtOnce.run(List.of(
                    () -> sessions.claim(id, ada, ClaimPolicy.FAIL, Terms.none()),
                    () -> sessions.claim(id, bob, ClaimPolicy.FAIL, Terms.none())));
            assertThat(ended).filteredOn(AtOnce.Ended::well).hasSize(1);
            assertThat(ended)
                    .filteredOn(end -> !end.well())
                    .singleElement()
                    .satisfies(
                            end -> assertThat(end.failure()).isInstanceOf(OnboardingException.ClaimedByAnother.class));
            String winner = ended.stream()
                    .filter(AtOnce.Ended::well)
                    .findFirst()
                    .orElseThrow()
                    .result()
                    .journey()
                    .session()
                    .userId()
                    .orElseThrow();
            assertThat(sessions.get(id).session().userId()).contains(winner);
        }
    }

    @Test
    void theSameUserTwiceIsClaimedOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start(Start.of("many"));
            String user = "ada " + round;
            Callable<Claimed> claim = () -> sessions.claim(id, user, ClaimPolicy.FAIL, Terms.none());
            assertThat(AtOnce.run(List.of(claim, claim)))
                    .extracting(end -> end.result().result())
                    .containsExactlyInAnyOrder(Result.CLAIMED, Result.ALREADY_YOURS);
            assertThat(sessions.get(id).session().revision()).isEqualTo(2);
        }
    }

    @Test
    void mergesIntoOneSessionLoseNothing() throws Exception {
        List<String> steps = List.of("a", "b", "c", "d");
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String mine = start(Start.of("many").by(user));
            List<Callable<Claimed>> claims = new ArrayList<>();
            for (String step : steps) {
                String id = start(Start.of("many"));
                sessions.submit(id, step, round, Terms.none());
                claims.add(() -> sessions.claim(id, user, ClaimPolicy.MERGE_ANSWERS, Terms.none()));
            }
            List<AtOnce.Ended<Claimed>> ended = AtOnce.run(claims);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(ended.get(i).result().merged()).containsExactly(steps.get(i));
            }
            Session session = sessions.get(mine).session();
            assertThat(session.work().answers().byStep()).containsOnlyKeys(steps);
            assertThat(session.revision()).isEqualTo(1 + steps.size());
        }
    }

    @Test
    void aMergeAndAnAnswerOfTheirOwnAreBothKept() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String mine = start(Start.of("many").by(user));
            String id = start(Start.of("many"));
            sessions.submit(id, "a", round, Terms.none());
            List<AtOnce.Ended<Journey>> ended = AtOnce.run(List.of(
                    () -> sessions.claim(id, user, ClaimPolicy.MERGE_ANSWERS, Terms.none())
                            .journey(),
                    () -> sessions.submit(mine, "b", 1, Terms.none())));
            assertThat(ended).allMatch(AtOnce.Ended::well);
            assertThat(sessions.get(mine).session().work().answers().byStep()).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void whoeverStaysNobodyIsSupersededByASessionThatTheySupersede() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String mine = start(Start.of("many").by(user));
            List<Callable<Claimed>> claims = new ArrayList<>();
            List<String> ids = new ArrayList<>(List.of(mine));
            for (ClaimPolicy policy :
                    List.of(ClaimPolicy.KEEP_FURTHEST, ClaimPolicy.KEEP_TARGET, ClaimPolicy.MERGE_ANSWERS)) {
                String id = start(Start.of("many"));
                ids.add(id);
                sessions.submit(id, "a", 1, Terms.none());
                claims.add(() -> sessions.claim(id, user, policy, Terms.none()));
            }
            assertThat(AtOnce.run(claims)).allMatch(AtOnce.Ended::well);
            for (String id : ids) {
                assertThat(end(id)).isEqualTo(SessionState.OPEN);
            }
        }
    }

    /** The state of the session that one comes to by following superseded_by. */
    private SessionState end(String id) {
        Session at = sessions.get(id).session();
        for (int steps = 0; at.supersededBy().isPresent(); steps++) {
            assertThat(steps).as("a circle").isLessThan(5);
            at = sessions.get(at.supersededBy().get()).session();
        }
        return at.state();
    }
}
