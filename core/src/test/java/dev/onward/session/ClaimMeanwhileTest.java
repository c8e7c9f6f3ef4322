package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.FlowReader;
import dev.onward.flow.FlowCatalog;
import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.ConflictException;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.AtOnce;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.Interposed;
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

/** What happens to the user's own session between the decision about a claim and its writing. */
@OnEachDatabase
class ClaimMeanwhileTest extends StoreTest {
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

    private final AtomicReference<Optional<Runnable>> meanwhile = new AtomicReference<>(Optional.empty());
    private final SessionService overtaken;

    ClaimMeanwhileTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00Z"), FLOWS);
        overtaken = interposed(() -> meanwhile.getAndSet(Optional.empty()).ifPresent(Runnable::run));
    }

    private SessionService interposed(Interposed.Happening happening) {
        return new SessionService(
                FLOWS,
                Interposed.beforeEachWrite(database.database().sessions(), happening),
                clock,
                IdGenerator.random());
    }

    private String nobodys() {
        String id =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        sessions.submit(id, "name", "Eve", WriteConditions.none());
        return id;
    }

    private String adas() {
        return sessions.start(StartRequest.of("tour").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    private ClaimResult claim(String id, ClaimPolicy policy, Runnable happens) {
        meanwhile.set(Optional.of(happens));
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
    void whatWasDeletedTakesNobodysPlace(ClaimPolicy policy) {
        String mine = adas();
        String id = nobodys();
        isClaimed(
                claim(id, policy, () -> database.execute("DELETE FROM onboarding_sessions WHERE id = '" + mine + "'")),
                id);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void whatWasPutOffTakesNobodysPlace(ClaimPolicy policy) {
        String mine = adas();
        String id = nobodys();
        isClaimed(claim(id, policy, () -> sessions.dismiss(mine, WriteConditions.none())), id);
        assertThat(read(mine).state()).isEqualTo(SessionState.DISMISSED);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void whatWasCompletedStaysTheUsers(ClaimPolicy policy) {
        String mine = adas();
        String id = nobodys();
        isKept(claim(id, policy, () -> sessions.complete(mine)), mine, id, SessionState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(value = ClaimPolicy.class, mode = Mode.EXCLUDE, names = "FAIL")
    void whatOtherSoftwareCompletedStaysTheUsers(ClaimPolicy policy) {
        String mine = adas();
        String id = nobodys();
        isKept(claim(id, policy, () -> seed.update(mine, "completed", true)), mine, id, SessionState.FINISHED);
    }

    private void isKept(ClaimResult claimed, String mine, String id, SessionState state) {
        assertThat(claimed.onboarding().session()).isEqualTo(read(mine));
        assertThat(claimed.superseded()).contains(id);
        assertThat(read(mine).state()).isEqualTo(state);
        assertThat(read(id).supersededBy()).contains(mine);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void whoCompletedMeanwhileIsNotAskedAgain(ClaimPolicy policy) {
        String id = nobodys();
        AtomicReference<String> completed = new AtomicReference<>("");
        ClaimResult claimed = claim(id, policy, () -> {
            completed.set(adas());
            sessions.complete(completed.get());
        });
        isKept(claimed, completed.get(), id, SessionState.COMPLETED);
    }

    @Test
    void whoCompletedMeanwhileResumesThatAndBeginsNone() {
        AtomicReference<String> completed = new AtomicReference<>("");
        meanwhile.set(Optional.of(() -> {
            completed.set(adas());
            sessions.complete(completed.get());
        }));
        StartResult started = overtaken.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(started.resumed()).isTrue();
        assertThat(started.onboarding().session().id()).isEqualTo(completed.get());
    }

    @Test
    void whoPutOffMeanwhileResumesThatAndBeginsNone() {
        AtomicReference<String> putOff = new AtomicReference<>("");
        meanwhile.set(Optional.of(() -> {
            putOff.set(adas());
            sessions.dismiss(putOff.get(), WriteConditions.none());
        }));
        StartResult started = overtaken.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(started.onboarding().session().id()).isEqualTo(putOff.get());
    }

    @Test
    void whatWasRestartedGivesItsPlaceToTheNewOne() {
        String mine = adas();
        String id = nobodys();
        AtomicReference<String> begun = new AtomicReference<>("");
        ClaimResult claimed = claim(
                id,
                ClaimPolicy.KEEP_TARGET,
                () -> begun.set(
                        sessions.restart(mine, WriteConditions.none()).session().id()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.onboarding().session()).isEqualTo(read(begun.get()));
        assertThat(read(id).supersededBy()).contains(begun.get());
    }

    @Test
    void whatIsReportedIsTheUsersSessionAsItStandsThen() {
        String mine = adas();
        String id = nobodys();
        ClaimResult claimed =
                claim(id, ClaimPolicy.KEEP_TARGET, () -> sessions.submit(mine, "name", "Eve", WriteConditions.none()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.left()).isEmpty();
        assertThat(claimed.onboarding().session()).isEqualTo(read(mine));
    }

    @Test
    void whoWasOvertakenByAnAnswerIsNotTheFurtherOneAnyMore() {
        String mine = adas();
        sessions.submit(mine, "name", "Ada", WriteConditions.none());
        String id = nobodys();
        ClaimResult claimed =
                claim(id, ClaimPolicy.KEEP_FURTHEST, () -> sessions.submit(id, "plan", "team", WriteConditions.none()));
        assertThat(claimed.result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        assertThat(read(id).state()).isEqualTo(SessionState.OPEN);
        assertThat(read(mine).supersededBy()).contains(id);
    }

    @Test
    void whereTheUserGotAnOpenSessionByAnotherClaimThePolicyDecides() {
        for (ClaimPolicy policy : ClaimPolicy.values()) {
            String user = "ada " + policy;
            String first = nobodys();
            String id = nobodys();
            meanwhile.set(Optional.of(() -> sessions.claim(first, user, ClaimPolicy.FAIL, WriteConditions.none())));
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
    void anAnswerIsNotLostBetweenTheKeepingAndTheMergingOfOneSession() {
        String mine = adas();
        String kept = nobodys();
        String merged = nobodys();
        claim(
                kept,
                ClaimPolicy.KEEP_TARGET,
                () -> sessions.claim(merged, "ada", ClaimPolicy.MERGE_ANSWERS, WriteConditions.none()));
        assertThat(open("ada")).containsExactly(mine);
        assertThat(sessions.get(mine).answers().byStep()).containsOnlyKeys("name");
    }

    @Test
    void ofClaimsThatAllSawNoOpenSessionOneLeavesOne() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "ada " + round;
            CyclicBarrier decided = new CyclicBarrier(CLAIMS);
            List<String> ids =
                    IntStream.range(0, CLAIMS).mapToObj(_ -> nobodys()).toList();
            List<AtOnce.Ended<ClaimResult>> ended = AtOnce.run(
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

    /** A claim on a node of its own that writes for the first time when all have decided. */
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
