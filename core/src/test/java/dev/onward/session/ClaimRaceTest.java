package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.ConflictException;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.Onboarding;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Concurrent claims. */
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

    private String start(StartRequest start) {
        return sessions.start(start).onboarding().session().id();
    }

    @Test
    void oneOfTwoUsersClaimsTheSessionAndTheOtherIsRejected() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start(StartRequest.of("many"));
            String ada = "ada " + round;
            String bob = "bob " + round;
            List<ConcurrentCalls.CallOutcome<ClaimResult>> ended = ConcurrentCalls.run(List.of(
                    () -> sessions.claim(id, ada, ClaimPolicy.FAIL, WriteConditions.none()),
                    () -> sessions.claim(id, bob, ClaimPolicy.FAIL, WriteConditions.none())));
            assertThat(ended).filteredOn(ConcurrentCalls.CallOutcome::well).hasSize(1);
            assertThat(ended)
                    .filteredOn(end -> !end.well())
                    .singleElement()
                    .satisfies(end ->
                            assertThat(end.failure()).isInstanceOf(ConflictException.ClaimedByAnotherUser.class));
            String winner = ended.stream()
                    .filter(ConcurrentCalls.CallOutcome::well)
                    .findFirst()
                    .orElseThrow()
                    .result()
                    .onboarding()
                    .session()
                    .userId()
                    .orElseThrow();
            assertThat(sessions.get(id).session().userId()).contains(winner);
        }
    }

    @Test
    void twoClaimsOfTheSameUserHappenOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = start(StartRequest.of("many"));
            String user = "ada " + round;
            Callable<ClaimResult> claim = () -> sessions.claim(id, user, ClaimPolicy.FAIL, WriteConditions.none());
            assertThat(ConcurrentCalls.run(List.of(claim, claim)))
                    .extracting(end -> end.result().result())
                    .containsExactlyInAnyOrder(ClaimOutcome.CLAIMED, ClaimOutcome.ALREADY_YOURS);
            assertThat(sessions.get(id).session().revision()).isEqualTo(2);
        }
    }

    @Test
    void concurrentMergesIntoOneSessionLoseNothing() throws Exception {
        List<String> steps = List.of("a", "b", "c", "d");
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String usersSession = start(StartRequest.of("many").by(user));
            List<Callable<ClaimResult>> claims = new ArrayList<>();
            for (String step : steps) {
                String id = start(StartRequest.of("many"));
                sessions.submit(id, step, round, WriteConditions.none());
                claims.add(() -> sessions.claim(id, user, ClaimPolicy.MERGE_ANSWERS, WriteConditions.none()));
            }
            List<ConcurrentCalls.CallOutcome<ClaimResult>> ended = ConcurrentCalls.run(claims);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(ended.get(i).result().merged()).containsExactly(steps.get(i));
            }
            Session session = sessions.get(usersSession).session();
            assertThat(session.answerState().answers().byStep()).containsOnlyKeys(steps);
            assertThat(session.revision()).isEqualTo(1 + steps.size());
        }
    }

    @Test
    void aMergeAndAConcurrentAnswerAreBothStored() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String usersSession = start(StartRequest.of("many").by(user));
            String id = start(StartRequest.of("many"));
            sessions.submit(id, "a", round, WriteConditions.none());
            List<ConcurrentCalls.CallOutcome<Onboarding>> ended = ConcurrentCalls.run(List.of(
                    () -> sessions.claim(id, user, ClaimPolicy.MERGE_ANSWERS, WriteConditions.none())
                            .onboarding(),
                    () -> sessions.submit(usersSession, "b", 1, WriteConditions.none())));
            assertThat(ended).allMatch(ConcurrentCalls.CallOutcome::well);
            assertThat(sessions.get(usersSession)
                            .session()
                            .answerState()
                            .answers()
                            .byStep())
                    .containsOnlyKeys("a", "b");
        }
    }

    @Test
    void noSessionIsSupersededByOneThatItSupersedes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            String usersSession = start(StartRequest.of("many").by(user));
            List<Callable<ClaimResult>> claims = new ArrayList<>();
            List<String> ids = new ArrayList<>(List.of(usersSession));
            for (ClaimPolicy policy :
                    List.of(ClaimPolicy.KEEP_FURTHEST, ClaimPolicy.KEEP_TARGET, ClaimPolicy.MERGE_ANSWERS)) {
                String id = start(StartRequest.of("many"));
                ids.add(id);
                sessions.submit(id, "a", 1, WriteConditions.none());
                claims.add(() -> sessions.claim(id, user, policy, WriteConditions.none()));
            }
            assertThat(ConcurrentCalls.run(claims)).allMatch(ConcurrentCalls.CallOutcome::well);
            for (String id : ids) {
                assertThat(end(id)).isEqualTo(SessionState.OPEN);
            }
        }
    }

    /** The state of the session at the end of the superseded_by references. */
    private SessionState end(String id) {
        Session at = sessions.get(id).session();
        for (int steps = 0; at.supersededBy().isPresent(); steps++) {
            assertThat(steps).as("a circle").isLessThan(5);
            at = sessions.get(at.supersededBy().get()).session();
        }
        return at.state();
    }
}
