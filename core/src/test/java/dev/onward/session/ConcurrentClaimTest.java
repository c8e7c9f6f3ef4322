package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.ConflictException;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.InterposedSessionStore;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Changes of the user's own session between the decision about a claim and its write. */
@OnEachDatabase
class ConcurrentClaimTest extends StoreTest {
    private static final int ROUNDS = 20;
    private static final int CLAIMS = 4;

    private static final FlowCatalog FLOWS = FlowCatalog.of(List.of(FlowReader.review("tour.yaml", """
            flow: tour
            title: Tour
            onboarding: true
            completes: call
            completes_early: true
            steps:
              - {id: name, title: Name, input: {type: string}}
              - {id: plan, title: Plan, input: {type: string}}
            """)));

    private final AtomicReference<Optional<Runnable>> concurrentAction = new AtomicReference<>(Optional.empty());
    private final SessionService overtaken;

    ConcurrentClaimTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00Z"), FLOWS);
        overtaken =
                interposed(() -> concurrentAction.getAndSet(Optional.empty()).ifPresent(Runnable::run));
    }

    private SessionService interposed(InterposedSessionStore.WriteAction happening) {
        return new SessionService(
                FLOWS,
                InterposedSessionStore.beforeEachWrite(database.database().sessions(), happening),
                clock,
                IdGenerator.random());
    }

    private String anonymousSession() {
        String id =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        sessions.submit(id, "name", "Eve", WriteConditions.none());
        return id;
    }

    private String adasSession() {
        return sessions.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private ClaimResult claim(String id, ClaimPolicy policy, Runnable happens) {
        concurrentAction.set(Optional.of(happens));
        return overtaken.claim(id, "ada", policy, WriteConditions.none());
    }

    private Session read(String id) {
        return sessions.get(id).session();
    }

    private void isClaimed(ClaimResult claimed, String id) {
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(claimed.superseded()).isEmpty();
        assertThat(claimed.onboarding().session()).isEqualTo(read(id));
        assertThat(read(id).state()).isEqualTo(SessionState.OPEN);
        assertThat(read(id).userId()).contains("ada");
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void aSessionDeletedDuringTheClaimDoesNotPreventIt(ClaimPolicy policy) {
        String usersSession = adasSession();
        String id = anonymousSession();
        isClaimed(
                claim(
                        id,
                        policy,
                        () -> database.execute("DELETE FROM onboarding_sessions WHERE id = '" + usersSession + "'")),
                id);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void aSessionDismissedDuringTheClaimDoesNotPreventIt(ClaimPolicy policy) {
        String usersSession = adasSession();
        String id = anonymousSession();
        isClaimed(claim(id, policy, () -> sessions.dismiss(usersSession, WriteConditions.none())), id);
        assertThat(read(usersSession).state()).isEqualTo(SessionState.DISMISSED);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void aSessionCompletedDuringTheClaimStaysTheUsers(ClaimPolicy policy) {
        String usersSession = adasSession();
        String id = anonymousSession();
        isKept(claim(id, policy, () -> sessions.complete(usersSession)), usersSession, id, SessionState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void aSessionThatOtherSoftwareCompletedDuringTheClaimStaysTheUsers(ClaimPolicy policy) {
        String usersSession = adasSession();
        String id = anonymousSession();
        isKept(
                claim(id, policy, () -> seed.update(usersSession, "completed", true)),
                usersSession,
                id,
                SessionState.FINISHED);
    }

    private void isKept(ClaimResult claimed, String usersSession, String id, SessionState state) {
        assertThat(claimed.onboarding().session()).isEqualTo(read(usersSession));
        assertThat(claimed.superseded()).contains(id);
        assertThat(read(usersSession).state()).isEqualTo(state);
        assertThat(read(id).supersededBy()).contains(usersSession);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void aUserWhoCompletesDuringTheClaimKeepsThatSession(ClaimPolicy policy) {
        String id = anonymousSession();
        AtomicReference<String> completed = new AtomicReference<>("");
        ClaimResult claimed = claim(id, policy, () -> {
            completed.set(adasSession());
            sessions.complete(completed.get());
        });
        isKept(claimed, completed.get(), id, SessionState.COMPLETED);
    }

    @Test
    void aUserWhoCompletesDuringAResumeResumesThatSession() {
        AtomicReference<String> completed = new AtomicReference<>("");
        concurrentAction.set(Optional.of(() -> {
            completed.set(adasSession());
            sessions.complete(completed.get());
        }));
        StartResult started = overtaken.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(started.resumed()).isTrue();
        assertThat(started.onboarding().session().id()).isEqualTo(completed.get());
    }

    @Test
    void aUserWhoDismissesDuringAResumeResumesThatSession() {
        AtomicReference<String> putOff = new AtomicReference<>("");
        concurrentAction.set(Optional.of(() -> {
            putOff.set(adasSession());
            sessions.dismiss(putOff.get(), WriteConditions.none());
        }));
        StartResult started = overtaken.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(started.onboarding().session().id()).isEqualTo(putOff.get());
    }

    @Test
    void aConcurrentRestartMakesTheNewSessionTheTarget() {
        String usersSession = adasSession();
        String id = anonymousSession();
        AtomicReference<String> replacement = new AtomicReference<>("");
        ClaimResult claimed = claim(
                id,
                ClaimPolicy.KEEP_TARGET,
                () -> replacement.set(sessions.restart(usersSession, WriteConditions.none())
                        .session()
                        .id()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.onboarding().session()).isEqualTo(read(replacement.get()));
        assertThat(read(id).supersededBy()).contains(replacement.get());
    }

    @Test
    void returnsTheUsersSessionAsOfTheWrite() {
        String usersSession = adasSession();
        String id = anonymousSession();
        ClaimResult claimed = claim(
                id,
                ClaimPolicy.KEEP_TARGET,
                () -> sessions.submit(usersSession, "name", "Eve", WriteConditions.none()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.left()).isEmpty();
        assertThat(claimed.onboarding().session()).isEqualTo(read(usersSession));
    }

    @Test
    void aConcurrentAnswerChangesWhichSessionIsFurther() {
        String usersSession = adasSession();
        sessions.submit(usersSession, "name", "Ada", WriteConditions.none());
        String id = anonymousSession();
        ClaimResult claimed =
                claim(id, ClaimPolicy.KEEP_FURTHEST, () -> sessions.submit(id, "plan", "team", WriteConditions.none()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        assertThat(read(id).state()).isEqualTo(SessionState.OPEN);
        assertThat(read(usersSession).supersededBy()).contains(id);
    }

    @Test
    void thePolicyAppliesToASessionFromAConcurrentClaim() {
        for (ClaimPolicy policy : ClaimPolicy.values()) {
            String user = "ada " + policy;
            String first = anonymousSession();
            String id = anonymousSession();
            concurrentAction.set(
                    Optional.of(() -> sessions.claim(first, user, ClaimPolicy.FAIL, WriteConditions.none())));
            switch (policy) {
                case FAIL ->
                    assertThatThrownBy(() -> overtaken.claim(id, user, policy, WriteConditions.none()))
                            .isInstanceOf(ConflictException.UserHasOpenSession.class);
                case KEEP_TARGET, KEEP_FURTHEST, MERGE_ANSWERS ->
                    assertThat(overtaken
                                    .claim(id, user, policy, WriteConditions.none())
                                    .superseded())
                            .contains(id);
            }
            assertThat(open(user)).containsExactly(first);
        }
    }

    @Test
    void doesNotLoseAnAnswerDuringAMerge() {
        String usersSession = adasSession();
        String keptSession = anonymousSession();
        String merged = anonymousSession();
        claim(
                keptSession,
                ClaimPolicy.KEEP_TARGET,
                () -> sessions.claim(merged, "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none()));
        assertThat(open("ada")).containsExactly(usersSession);
        assertThat(sessions.get(usersSession).answers().byStep()).containsOnlyKeys("name");
    }

    @Test
    void concurrentClaimsLeaveOneOpenSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            CyclicBarrier decided = new CyclicBarrier(CLAIMS);
            List<String> ids =
                    IntStream.range(0, CLAIMS).mapToObj(_ -> anonymousSession()).toList();
            List<ConcurrentCalls.CallOutcome<ClaimResult>> ended = ConcurrentCalls.run(
                    ids.stream().map(id -> claimAfter(decided, id, user)).toList());
            assertThat(ended)
                    .extracting(end -> end.result().result())
                    .containsExactlyInAnyOrder(
                            ClaimOutcome.CLAIMED,
                            ClaimOutcome.KEPT_TARGET,
                            ClaimOutcome.KEPT_TARGET,
                            ClaimOutcome.KEPT_TARGET);
            assertThat(open(user)).hasSize(1);
            assertThat(ids)
                    .filteredOn(id -> !open(user).contains(id))
                    .allSatisfy(id -> assertThat(read(id).supersededBy())
                            .isEqualTo(open(user).stream().findFirst()));
        }
    }

    /** A claim on its own node, which first writes when all have decided. */
    private Callable<ClaimResult> claimAfter(CyclicBarrier decided, String id, String user) {
        AtomicReference<Optional<CyclicBarrier>> waits = new AtomicReference<>(Optional.of(decided));
        SessionService node = interposed(() -> {
            Optional<CyclicBarrier> barrier = waits.getAndSet(Optional.empty());
            if (barrier.isPresent()) {
                barrier.get().await(10, TimeUnit.SECONDS);
            }
        });
        return () -> node.claim(id, user, ClaimPolicy.KEEP_TARGET, WriteConditions.none());
    }

    private List<String> open(String user) {
        return database.query("SELECT id FROM onboarding_sessions WHERE user_id = '" + user
                + "' AND NOT completed AND dismissed_at IS NULL AND superseded_by IS NULL");
    }
}
