package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.ConflictException;
import dev.onward.model.OnboardingException;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims of an anonymous session: every policy, and its result. */
@OnEachDatabase
class ClaimTest extends ClaimTestCase {
    ClaimTest(DatabaseKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void aUserWithoutASessionClaimsOne(ClaimPolicy policy) {
        String id = anonymousSession("name", "Ada");
        ClaimResult claimed = claim(id, policy);
        isReported(claimed, ClaimOutcome.CLAIMED, id, List.of(), List.of());
        assertThat(claimed.superseded()).isEmpty();
        assertThat(claimed.onboarding().session()).isEqualTo(read(id));
        assertThat(read(id).userId()).contains("ada");
        assertThat(answers(id)).isEqualTo(Map.of("name", "Ada"));
        assertThat(events(id)).last().isEqualTo("3 claimed name");
        assertThat(database.query("SELECT user_id FROM onboarding_events WHERE type = 'claimed'"))
                .containsExactly("ada");
        assertThat(sessions.findForUser("ada", new FlowFilter.AnyFlow())).isPresent();
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void claimingAnOwnSessionChangesNothing(ClaimPolicy policy) {
        String id = adasSession("name", "Ada");
        adasSession("name", "Ada", "plan", "free");
        Session before = read(id);
        ClaimResult claimed = claim(id, policy);
        isReported(claimed, ClaimOutcome.ALREADY_YOURS, id, List.of(), List.of());
        assertThat(claimed.superseded()).isEmpty();
        assertThat(read(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void rejectsTheClaimOfAnotherUsersSession(ClaimPolicy policy) {
        String id = adasSession("name", "Ada");
        Session before = read(id);
        assertThatThrownBy(() -> sessions.claim(id, "bob", policy, WriteConditions.none()))
                .isInstanceOf(ConflictException.ClaimedByAnotherUser.class);
        assertThat(read(id)).isEqualTo(before);
    }

    @Test
    void failLeavesBothSessionsUnchanged() {
        String usersSession = adasSession("name", "Ada");
        String id = anonymousSession("name", "Eve");
        Session before = read(id);
        Session beside = read(usersSession);
        assertThatThrownBy(() -> claim(id, ClaimPolicy.FAIL)).isInstanceOf(ConflictException.UserHasOpenSession.class);
        assertThat(read(id)).isEqualTo(before);
        assertThat(read(usersSession)).isEqualTo(beside);
    }

    @Test
    void keepTargetKeepsTheUsersOwnSessionAndNamesTheUnmergedSteps() {
        String usersSession = adasSession("name", "Ada");
        String id = anonymousSession("name", "Ada", "plan", "free", "notes", "-");
        Session beside = read(usersSession);
        ClaimResult claimed = claim(id, ClaimPolicy.KEEP_TARGET);
        isReported(claimed, ClaimOutcome.KEPT_TARGET, usersSession, List.of(), List.of("notes", "plan"));
        assertThat(claimed.superseded()).contains(id);
        assertThat(read(usersSession)).isEqualTo(beside);
        isSuperseded(id, usersSession);
        assertThat(read(id).userId()).isEmpty();
        assertThat(answers(id)).containsOnlyKeys("name", "notes", "plan");
    }

    @Test
    void keepFurthestKeepsTheAnonymousSessionIfItIsFurther() {
        String usersSession = adasSession("name", "Ada");
        String id = anonymousSession("name", "Eve", "plan", "team");
        ClaimResult claimed = claim(id, ClaimPolicy.KEEP_FURTHEST);
        isReported(claimed, ClaimOutcome.KEPT_SOURCE, id, List.of(), List.of());
        assertThat(claimed.superseded()).contains(usersSession);
        assertThat(claimed.onboarding().session()).isEqualTo(read(id));
        assertThat(read(id).userId()).contains("ada");
        assertThat(answers(id)).isEqualTo(Map.of("name", "Eve", "plan", "team"));
        isSuperseded(usersSession, id);
    }

    @Test
    void keepFurthestKeepsTheUsersOwnSessionIfItIsFurther() {
        String usersSession = adasSession("name", "Ada", "plan", "free");
        String id = anonymousSession("name", "Eve");
        isReported(
                claim(id, ClaimPolicy.KEEP_FURTHEST),
                ClaimOutcome.KEPT_TARGET,
                usersSession,
                List.of(),
                List.of("name"));
        isSuperseded(id, usersSession);
    }

    @Test
    void keepFurthestKeepsTheUsersOwnSessionIfProgressIsEqual() {
        String usersSession = adasSession("name", "Ada", "plan", "free");
        String id = anonymousSession("name", "Ada", "notes", "-");
        isReported(
                claim(id, ClaimPolicy.KEEP_FURTHEST),
                ClaimOutcome.KEPT_TARGET,
                usersSession,
                List.of(),
                List.of("notes"));
        isSuperseded(id, usersSession);
    }

    @Test
    void answersToHiddenStepsAreNoProgress() {
        String usersSession = adasSession("name", "Ada", "plan", "free");
        String id = anonymousSession("name", "Ada", "plan", "team", "team", "A", "plan", "free");
        assertThat(claim(id, ClaimPolicy.KEEP_FURTHEST).onboarding().session().id())
                .isEqualTo(usersSession);
    }

    @Test
    void aCompletedSessionIsFurtherThanAnOpenOne() {
        adasSession("name", "Ada", "plan", "team", "team", "A");
        String id = anonymousSession();
        sessions.complete(id);
        assertThat(claim(id, ClaimPolicy.KEEP_FURTHEST).result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isEqualTo(read(id).completedAt());
    }

    @Test
    void mergeAddsMissingAnswersAndKeepsExistingOnes() {
        String usersSession = adasSession("name", "Ada");
        String id = anonymousSession("name", "Eve", "plan", "team", "team", "A");
        clock.advance(Duration.ofSeconds(7));
        ClaimResult claimed = claim(id, ClaimPolicy.MERGE_ANSWERS);
        isReported(claimed, ClaimOutcome.MERGED, usersSession, List.of("plan", "team"), List.of("name"));
        assertThat(claimed.superseded()).contains(id);
        assertThat(claimed.onboarding().session()).isEqualTo(read(usersSession));
        assertThat(answers(usersSession)).isEqualTo(Map.of("name", "Ada", "plan", "team", "team", "A"));
        assertThat(read(usersSession).currentStep()).isEqualTo("team");
        assertThat(read(usersSession).updatedAt()).isEqualTo(clock.instant());
        assertThat(events(usersSession))
                .endsWith("2 step_done name", "3 claimed team", "3 step_done plan", "3 step_done team");
        isSuperseded(id, usersSession);
        assertThat(answers(id)).isEqualTo(Map.of("name", "Eve", "plan", "team", "team", "A"));
    }

    @Test
    void mergeOfEqualAnswersLeavesNothingOut() {
        String usersSession = adasSession("name", "Ada", "plan", "free");
        String id = anonymousSession("name", "Ada");
        isReported(claim(id, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, usersSession, List.of(), List.of());
        assertThat(events(usersSession)).last().isEqualTo("4 claimed plan");
        assertThat(read(usersSession).currentStep()).isEqualTo("plan");
    }

    @Test
    void mergeAddsASkipOnlyIfThereIsNoAnswer() {
        String usersSession = adasSession("name", "Ada", "plan", "team");
        String id = anonymousSession("name", "Ada", "notes", "-");
        isReported(
                claim(id, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, usersSession, List.of("notes"), List.of());
        assertThat(events(usersSession)).endsWith("4 claimed notes", "4 skipped notes");

        String answered = anonymousSession("name", "Ada", "notes", "n");
        isReported(
                claim(answered, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                usersSession,
                List.of("notes"),
                List.of());
        assertThat(answers(usersSession)).containsEntry("notes", "n");

        String skipped = anonymousSession("name", "Ada", "notes", "-");
        isReported(
                claim(skipped, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                usersSession,
                List.of(),
                List.of("notes"));
        assertThat(answers(usersSession)).containsEntry("notes", "n");
    }

    @Test
    void mergeIgnoresAnswersToHiddenSteps() {
        String usersSession = adasSession("name", "Ada");
        String hidden = anonymousSession("name", "Ada", "plan", "team", "team", "A", "plan", "free");
        isReported(
                claim(hidden, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                usersSession,
                List.of("plan"),
                List.of());
        assertThat(answers(usersSession)).isEqualTo(Map.of("name", "Ada", "plan", "free"));

        String hiddenHere = anonymousSession("name", "Ada", "plan", "team", "team", "A");
        isReported(
                claim(hiddenHere, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                usersSession,
                List.of(),
                List.of("plan", "team"));
        assertThat(answers(usersSession)).isEqualTo(Map.of("name", "Ada", "plan", "free"));
    }

    @Test
    void aMergeWithoutRemainingStepsCompletesTheSession() {
        String usersSession = adasSession("name", "Ada", "notes", "-");
        String id = anonymousSession("name", "Eve", "plan", "free");
        ClaimResult claimed = claim(id, ClaimPolicy.MERGE_ANSWERS);
        assertThat(claimed.onboarding().session()).isEqualTo(read(usersSession));
        assertThat(read(usersSession).state()).isEqualTo(SessionState.FINISHED);
        assertThat(events(usersSession)).endsWith("4 claimed plan", "4 step_done plan", "4 completed plan");
        assertThat(sessions.profile("ada").flows()).isEqualTo(Map.of("tour", clock.instant()));
    }

    @Test
    void claimingACompletedSessionSetsTheProfileToItsTime() {
        String id = anonymousSession("name", "Ada", "plan", "free", "notes", "n");
        Instant completedAt = read(id).completedAt().orElseThrow();
        clock.advance(Duration.ofDays(1));
        assertThat(claim(id, ClaimPolicy.FAIL).result()).isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(read(id).completedAt()).contains(completedAt);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(completedAt);
        assertThat(sessions.profile("ada").flows()).isEqualTo(Map.of("tour", completedAt));
    }

    @Test
    void claimingASessionCompletedWithoutATimeSetsTheProfile() {
        String id = anonymousSession();
        seed.update(id, "completed", true);
        claim(id, ClaimPolicy.FAIL);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isPresent();
    }

    @Test
    void aUserHasAnIdOf1To64Characters() {
        String id = anonymousSession();
        for (String user : List.of("", "u".repeat(65), "\0")) {
            assertThatThrownBy(() -> sessions.claim(id, user, ClaimPolicy.FAIL, WriteConditions.none()))
                    .isInstanceOfSatisfying(
                            OnboardingException.InvalidField.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("userId"));
        }
        assertThat(read(id).userId()).isEmpty();
    }
}
