package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ClaimPolicy;
import dev.onward.model.ClaimedSession.ClaimOutcome;
import dev.onward.model.SessionView.SessionState;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.transition.Session;
import dev.onward.transition.SessionProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A claim by a user who has completed or dismissed sessions of the flow. */
@OnEachDatabase
class ClaimAfterCompletionTest extends ClaimTestCase {
    ClaimAfterCompletionTest(DatabaseKind kind) {
        super(kind);
    }

    @Test
    void whatTheUserPutOffIsNotInTheWayAndStays() {
        String putOff = adas("name", "Ada", "plan", "free");
        Session dismissed = sessions.dismiss(putOff, WriteConditions.none()).session();
        String id = nobodys("name", "Eve");
        assertThat(claim(id, ClaimPolicy.MERGE_ANSWERS).result()).isEqualTo(ClaimOutcome.CLAIMED);
        assertThat(read(putOff)).isEqualTo(dismissed);
        assertThat(sessions.findForUser("ada", new FlowFilter.OneFlow("tour"))
                        .orElseThrow()
                        .session()
                        .id())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void aClaimDoesNotOpenAgainWhatTheUserHasCompleted(ClaimPolicy policy) {
        String mine = adas("name", "Ada", "plan", "free", "notes", "n");
        Instant completedAt = read(mine).completedAt().orElseThrow();
        String id = nobodys("name", "Eve", "plan", "team", "team", "A");
        ClaimResult claimed = claim(id, policy);
        assertThat(claimed.result())
                .isEqualTo(policy == ClaimPolicy.MERGE_ANSWERS ? ClaimOutcome.MERGED : ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.superseded()).contains(id);
        assertThat(claimed.onboarding().session()).isEqualTo(read(mine));
        isSuperseded(id, mine);
        assertThat(progress().session().id()).isEqualTo(mine);
        assertThat(progress().session().completedAt()).contains(completedAt);
        assertThat(sessions.start(StartRequest.of("tour").by("ada").resuming())
                        .onboarding()
                        .session()
                        .id())
                .isEqualTo(mine);
    }

    @Test
    void whatOtherSoftwareCompletedIsNotOpenedAgainEither() {
        String mine = adas();
        seed.update(mine, "completed", true);
        String id = nobodys("name", "Eve");
        assertThat(claim(id, ClaimPolicy.FAIL).result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        isSuperseded(id, mine);
        assertThat(progress().session().completed()).isTrue();
    }

    @Test
    void mergeGivesACompletedSessionWhatItLacksAndMovesNothingElse() {
        String mine = adas("name", "Ada");
        sessions.complete(mine);
        Session before = read(mine);
        String id = nobodys("name", "Eve", "plan", "team", "team", "A");
        isReported(
                claim(id, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                mine,
                List.of("plan", "team"),
                List.of("name"));
        assertThat(answers(mine)).isEqualTo(Map.of("name", "Ada", "plan", "team", "team", "A"));
        assertThat(read(mine).progress()).isEqualTo(before.progress());
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isEqualTo(before.completedAt());
    }

    @Test
    void mergeDoesNotMoveTheMilestoneOfAFinishedSession() {
        String mine = adas("name", "Ada", "plan", "free", "notes", "-");
        assertThat(read(mine).state()).isEqualTo(SessionState.FINISHED);
        SessionProgress before = read(mine).progress();
        claim(nobodys("name", "Ada", "plan", "free", "notes", "n"), ClaimPolicy.MERGE_ANSWERS);
        assertThat(answers(mine)).containsEntry("notes", "n");
        assertThat(read(mine).progress()).isEqualTo(before);
    }

    @Test
    void ofTwoCompletedSessionsKeepFurthestKeepsTheFurther() {
        String mine = adas();
        sessions.complete(mine);
        String further = nobodys("name", "Ada", "plan", "free");
        sessions.complete(further);
        assertThat(claim(further, ClaimPolicy.KEEP_FURTHEST).result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        isSuperseded(mine, further);
        assertThat(progress().session().id()).isEqualTo(further);
        assertThat(sessions.profile("ada").onboardingCompletedAt())
                .isEqualTo(read(mine).completedAt());
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void whoPutOffARestartHasCompletedAllTheSame(ClaimPolicy policy) {
        String mine = adas("name", "Ada");
        sessions.complete(mine);
        sessions.dismiss(
                sessions.restart(mine, WriteConditions.none()).session().id(), WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(mine);
        String id = nobodys("name", "Ada", "notes", "n");
        isReported(claim(id, policy), ClaimOutcome.KEPT_TARGET, mine, List.of(), List.of("notes"));
        isSuperseded(id, mine);
        assertThat(progress().session().completed()).isTrue();
    }

    @Test
    void whoHasCompletedIsNotAskedAgainWhateverTheyPutOffBeforeOrAfter() {
        sessions.dismiss(adas(), WriteConditions.none());
        String mine = adas("name", "Ada");
        sessions.complete(mine);
        sessions.dismiss(adas(), WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(mine);
        StartResult resumed = sessions.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(resumed.onboarding().session().id()).isEqualTo(mine);
        assertThat(resumed.resumed()).isTrue();
    }

    @Test
    void whoHasOnlyPutOffGoesOnWithThat() {
        sessions.dismiss(adas(), WriteConditions.none());
        String newest = adas("name", "Ada");
        sessions.dismiss(newest, WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(newest);
    }

    @Test
    void anOpenSessionGoesBeforeANewerOneThatWasPutOff() {
        String open = adas("name", "Ada");
        sessions.dismiss(adas(), WriteConditions.none());
        assertThat(sessions.start(StartRequest.of("tour").by("ada").resuming())
                        .onboarding()
                        .session()
                        .id())
                .isEqualTo(open);
    }
}
