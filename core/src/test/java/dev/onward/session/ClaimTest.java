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

/** An anonymous session becomes a user's: every policy, and what is reported of it. */
@OnEachDatabase
class ClaimTest extends ClaimTestCase {
    ClaimTest(DatabaseKind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void aSessionIsClaimedByAUserWhoHasNoOther(ClaimPolicy policy) {
        String id = nobodys("name", "Ada");
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
    void whatIsTheirsAlreadyStaysAndIsReported(ClaimPolicy policy) {
        String id = adas("name", "Ada");
        adas("name", "Ada", "plan", "free");
        Session before = read(id);
        ClaimResult claimed = claim(id, policy);
        isReported(claimed, ClaimOutcome.ALREADY_YOURS, id, List.of(), List.of());
        assertThat(claimed.superseded()).isEmpty();
        assertThat(read(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void anothersSessionIsRefused(ClaimPolicy policy) {
        String id = adas("name", "Ada");
        Session before = read(id);
        assertThatThrownBy(() -> sessions.claim(id, "bob", policy, WriteConditions.none()))
                .isInstanceOf(ConflictException.ClaimedByAnotherUser.class);
        assertThat(read(id)).isEqualTo(before);
    }

    @Test
    void failLeavesBothAsTheyAre() {
        String mine = adas("name", "Ada");
        String id = nobodys("name", "Eve");
        Session before = read(id);
        Session beside = read(mine);
        assertThatThrownBy(() -> claim(id, ClaimPolicy.FAIL)).isInstanceOf(ConflictException.UserHasOpenSession.class);
        assertThat(read(id)).isEqualTo(before);
        assertThat(read(mine)).isEqualTo(beside);
    }

    @Test
    void keepTargetKeepsTheUsersOwnAndSaysWhatIsLeft() {
        String mine = adas("name", "Ada");
        String id = nobodys("name", "Ada", "plan", "free", "notes", "-");
        Session beside = read(mine);
        ClaimResult claimed = claim(id, ClaimPolicy.KEEP_TARGET);
        isReported(claimed, ClaimOutcome.KEPT_TARGET, mine, List.of(), List.of("notes", "plan"));
        assertThat(claimed.superseded()).contains(id);
        assertThat(read(mine)).isEqualTo(beside);
        isSuperseded(id, mine);
        assertThat(read(id).userId()).isEmpty();
        assertThat(answers(id)).containsOnlyKeys("name", "notes", "plan");
    }

    @Test
    void keepFurthestKeepsTheAnonymousOneWhereThatIsFurther() {
        String mine = adas("name", "Ada");
        String id = nobodys("name", "Eve", "plan", "team");
        ClaimResult claimed = claim(id, ClaimPolicy.KEEP_FURTHEST);
        isReported(claimed, ClaimOutcome.KEPT_SOURCE, id, List.of(), List.of());
        assertThat(claimed.superseded()).contains(mine);
        assertThat(claimed.onboarding().session()).isEqualTo(read(id));
        assertThat(read(id).userId()).contains("ada");
        assertThat(answers(id)).isEqualTo(Map.of("name", "Eve", "plan", "team"));
        isSuperseded(mine, id);
    }

    @Test
    void keepFurthestKeepsTheUsersOwnWhereThatIsFurther() {
        String mine = adas("name", "Ada", "plan", "free");
        String id = nobodys("name", "Eve");
        isReported(claim(id, ClaimPolicy.KEEP_FURTHEST), ClaimOutcome.KEPT_TARGET, mine, List.of(), List.of("name"));
        isSuperseded(id, mine);
    }

    @Test
    void keepFurthestKeepsTheUsersOwnWhereTheyAreAsFar() {
        String mine = adas("name", "Ada", "plan", "free");
        String id = nobodys("name", "Ada", "notes", "-");
        isReported(claim(id, ClaimPolicy.KEEP_FURTHEST), ClaimOutcome.KEPT_TARGET, mine, List.of(), List.of("notes"));
        isSuperseded(id, mine);
    }

    @Test
    void anAnswerThatDoesNotCountTakesNobodyFurther() {
        String mine = adas("name", "Ada", "plan", "free");
        String id = nobodys("name", "Ada", "plan", "team", "team", "A", "plan", "free");
        assertThat(claim(id, ClaimPolicy.KEEP_FURTHEST).onboarding().session().id())
                .isEqualTo(mine);
    }

    @Test
    void whatIsCompletedIsFurtherThanWhatIsNot() {
        adas("name", "Ada", "plan", "team", "team", "A");
        String id = nobodys();
        sessions.complete(id);
        assertThat(claim(id, ClaimPolicy.KEEP_FURTHEST).result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isEqualTo(read(id).completedAt());
    }

    @Test
    void mergeTakesWhatTheUsersOwnLacksAndKeepsWhatItHas() {
        String mine = adas("name", "Ada");
        String id = nobodys("name", "Eve", "plan", "team", "team", "A");
        clock.advance(Duration.ofSeconds(7));
        ClaimResult claimed = claim(id, ClaimPolicy.MERGE_ANSWERS);
        isReported(claimed, ClaimOutcome.MERGED, mine, List.of("plan", "team"), List.of("name"));
        assertThat(claimed.superseded()).contains(id);
        assertThat(claimed.onboarding().session()).isEqualTo(read(mine));
        assertThat(answers(mine)).isEqualTo(Map.of("name", "Ada", "plan", "team", "team", "A"));
        assertThat(read(mine).currentStep()).isEqualTo("team");
        assertThat(read(mine).updatedAt()).isEqualTo(clock.instant());
        assertThat(events(mine)).endsWith("2 step_done name", "3 claimed team", "3 step_done plan", "3 step_done team");
        isSuperseded(id, mine);
        assertThat(answers(id)).isEqualTo(Map.of("name", "Eve", "plan", "team", "team", "A"));
    }

    @Test
    void mergeOfTheSameAnswersLeavesNothingOut() {
        String mine = adas("name", "Ada", "plan", "free");
        String id = nobodys("name", "Ada");
        isReported(claim(id, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, mine, List.of(), List.of());
        assertThat(events(mine)).last().isEqualTo("4 claimed plan");
        assertThat(read(mine).currentStep()).isEqualTo("plan");
    }

    @Test
    void mergeTakesASkipOnlyWhereNothingStands() {
        String mine = adas("name", "Ada", "plan", "team");
        String id = nobodys("name", "Ada", "notes", "-");
        isReported(claim(id, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, mine, List.of("notes"), List.of());
        assertThat(events(mine)).endsWith("4 claimed notes", "4 skipped notes");

        String answered = nobodys("name", "Ada", "notes", "n");
        isReported(claim(answered, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, mine, List.of("notes"), List.of());
        assertThat(answers(mine)).containsEntry("notes", "n");

        String skipped = nobodys("name", "Ada", "notes", "-");
        isReported(claim(skipped, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, mine, List.of(), List.of("notes"));
        assertThat(answers(mine)).containsEntry("notes", "n");
    }

    @Test
    void whatDoesNotCountDoesNotComeOver() {
        String mine = adas("name", "Ada");
        String hidden = nobodys("name", "Ada", "plan", "team", "team", "A", "plan", "free");
        isReported(claim(hidden, ClaimPolicy.MERGE_ANSWERS), ClaimOutcome.MERGED, mine, List.of("plan"), List.of());
        assertThat(answers(mine)).isEqualTo(Map.of("name", "Ada", "plan", "free"));

        String hiddenHere = nobodys("name", "Ada", "plan", "team", "team", "A");
        isReported(
                claim(hiddenHere, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                mine,
                List.of(),
                List.of("plan", "team"));
        assertThat(answers(mine)).isEqualTo(Map.of("name", "Ada", "plan", "free"));
    }

    @Test
    void aMergeThatLeavesNothingToDoCompletes() {
        String mine = adas("name", "Ada", "notes", "-");
        String id = nobodys("name", "Eve", "plan", "free");
        ClaimResult claimed = claim(id, ClaimPolicy.MERGE_ANSWERS);
        assertThat(claimed.onboarding().session()).isEqualTo(read(mine));
        assertThat(read(mine).state()).isEqualTo(SessionState.FINISHED);
        assertThat(events(mine)).endsWith("4 claimed plan", "4 step_done plan", "4 completed plan");
        assertThat(sessions.profile("ada").flows()).isEqualTo(Map.of("tour", clock.instant()));
    }

    @Test
    void aCompletedSessionThatIsClaimedCompletesTheUsersProfileAtItsTime() {
        String id = nobodys("name", "Ada", "plan", "free", "notes", "n");
        Instant completedAt = read(id).completedAt().orElseThrow();
        clock.advance(Duration.ofDays(1));
        assertThat(claim(id, ClaimPolicy.FAIL).result()).isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(read(id).completedAt()).contains(completedAt);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).contains(completedAt);
        assertThat(sessions.profile("ada").flows()).isEqualTo(Map.of("tour", completedAt));
    }

    @Test
    void aSessionThatOtherSoftwareCompletedWithoutATimeCompletesTheProfileAllTheSame() {
        String id = nobodys();
        seed.update(id, "completed", true);
        claim(id, ClaimPolicy.FAIL);
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isPresent();
    }

    @Test
    void aUserHasAnIdOf1To64Characters() {
        String id = nobodys();
        for (String user : List.of("", "u".repeat(65), "\0")) {
            assertThatThrownBy(() -> sessions.claim(id, user, ClaimPolicy.FAIL, WriteConditions.none()))
                    .isInstanceOfSatisfying(
                            OnboardingException.InvalidField.class,
                            invalid -> assertThat(invalid.field()).isEqualTo("userId"));
        }
        assertThat(read(id).userId()).isEmpty();
    }
}
