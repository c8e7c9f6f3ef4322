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
    void aDismissedSessionOfTheUserDoesNotPreventAClaimAndStays() {
        String putOff = adasSession("name", "Ada", "plan", "free");
        Session dismissed = sessions.dismiss(putOff, WriteConditions.none()).session();
        String id = anonymousSession("name", "Eve");
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
    void aClaimDoesNotReopenACompletedSessionOfTheUser(ClaimPolicy policy) {
        String usersSession = adasSession("name", "Ada", "plan", "free", "notes", "n");
        Instant completedAt = read(usersSession).completedAt().orElseThrow();
        String id = anonymousSession("name", "Eve", "plan", "team", "team", "A");
        ClaimResult claimed = claim(id, policy);
        assertThat(claimed.result())
                .isEqualTo(policy == ClaimPolicy.MERGE_ANSWERS ? ClaimOutcome.MERGED : ClaimOutcome.KEPT_TARGET);
        assertThat(claimed.superseded()).contains(id);
        assertThat(claimed.onboarding().session()).isEqualTo(read(usersSession));
        isSuperseded(id, usersSession);
        assertThat(progress().session().id()).isEqualTo(usersSession);
        assertThat(progress().session().completedAt()).contains(completedAt);
        assertThat(sessions.start(StartRequest.of("tour").by("ada").resuming())
                        .onboarding()
                        .session()
                        .id())
                .isEqualTo(usersSession);
    }

    @Test
    void aClaimDoesNotReopenASessionThatOtherSoftwareCompleted() {
        String usersSession = adasSession();
        seed.update(usersSession, "completed", true);
        String id = anonymousSession("name", "Eve");
        assertThat(claim(id, ClaimPolicy.FAIL).result()).isEqualTo(ClaimOutcome.KEPT_TARGET);
        isSuperseded(id, usersSession);
        assertThat(progress().session().completed()).isTrue();
    }

    @Test
    void mergeAddsMissingAnswersToACompletedSessionAndChangesNothingElse() {
        String usersSession = adasSession("name", "Ada");
        sessions.complete(usersSession);
        Session before = read(usersSession);
        String id = anonymousSession("name", "Eve", "plan", "team", "team", "A");
        isReported(
                claim(id, ClaimPolicy.MERGE_ANSWERS),
                ClaimOutcome.MERGED,
                usersSession,
                List.of("plan", "team"),
                List.of("name"));
        assertThat(answers(usersSession)).isEqualTo(Map.of("name", "Ada", "plan", "team", "team", "A"));
        assertThat(read(usersSession).progress()).isEqualTo(before.progress());
        assertThat(sessions.profile("ada").onboardingCompletedAt()).isEqualTo(before.completedAt());
    }

    @Test
    void mergeDoesNotChangeTheMilestoneOfACompletedSession() {
        String usersSession = adasSession("name", "Ada", "plan", "free", "notes", "-");
        assertThat(read(usersSession).state()).isEqualTo(SessionState.FINISHED);
        SessionProgress before = read(usersSession).progress();
        claim(anonymousSession("name", "Ada", "plan", "free", "notes", "n"), ClaimPolicy.MERGE_ANSWERS);
        assertThat(answers(usersSession)).containsEntry("notes", "n");
        assertThat(read(usersSession).progress()).isEqualTo(before);
    }

    @Test
    void keepFurthestKeepsTheFurtherOfTwoCompletedSessions() {
        String usersSession = adasSession();
        sessions.complete(usersSession);
        String further = anonymousSession("name", "Ada", "plan", "free");
        sessions.complete(further);
        assertThat(claim(further, ClaimPolicy.KEEP_FURTHEST).result()).isEqualTo(ClaimOutcome.KEPT_SOURCE);
        isSuperseded(usersSession, further);
        assertThat(progress().session().id()).isEqualTo(further);
        assertThat(sessions.profile("ada").onboardingCompletedAt())
                .isEqualTo(read(usersSession).completedAt());
    }

    @ParameterizedTest
    @EnumSource(ClaimPolicy.class)
    void aUserWhoDismissedARestartHasStillCompleted(ClaimPolicy policy) {
        String usersSession = adasSession("name", "Ada");
        sessions.complete(usersSession);
        sessions.dismiss(
                sessions.restart(usersSession, WriteConditions.none()).session().id(), WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(usersSession);
        String id = anonymousSession("name", "Ada", "notes", "n");
        isReported(claim(id, policy), ClaimOutcome.KEPT_TARGET, usersSession, List.of(), List.of("notes"));
        isSuperseded(id, usersSession);
        assertThat(progress().session().completed()).isTrue();
    }

    @Test
    void aCompletedSessionPrecedesDismissedOnes() {
        sessions.dismiss(adasSession(), WriteConditions.none());
        String usersSession = adasSession("name", "Ada");
        sessions.complete(usersSession);
        sessions.dismiss(adasSession(), WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(usersSession);
        StartResult resumed = sessions.start(StartRequest.of("tour").by("ada").resuming());
        assertThat(resumed.onboarding().session().id()).isEqualTo(usersSession);
        assertThat(resumed.resumed()).isTrue();
    }

    @Test
    void aUserWithOnlyADismissedSessionResumesIt() {
        sessions.dismiss(adasSession(), WriteConditions.none());
        String newest = adasSession("name", "Ada");
        sessions.dismiss(newest, WriteConditions.none());
        assertThat(progress().session().id()).isEqualTo(newest);
    }

    @Test
    void anOpenSessionPrecedesANewerDismissedOne() {
        String open = adasSession("name", "Ada");
        sessions.dismiss(adasSession(), WriteConditions.none());
        assertThat(sessions.start(StartRequest.of("tour").by("ada").resuming())
                        .onboarding()
                        .session()
                        .id())
                .isEqualTo(open);
    }
}
