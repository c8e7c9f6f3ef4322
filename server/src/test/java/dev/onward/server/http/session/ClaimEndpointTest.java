package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.OnEachDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assigning an anonymous session to a user. */
@OnEachDatabase
class ClaimEndpointTest extends HttpTest {
    private String user = "";

    @BeforeEach
    void theUserIsUnknown() {
        user = "user-" + UUID.randomUUID();
    }

    @Test
    void aClaimAssignsTheSessionAndItsDataToTheUser() {
        String session = api.startSession();
        String kblock = api.declaration("Mine.").inSession(session).ok().text("kblock_id");
        ApiResponse reply = claim(session).ok();
        assertThat(reply.text("outcome")).isEqualTo("claimed");
        assertThat(reply.at("superseded").isNull()).isTrue();
        assertThat(reply.text("/session/user_id")).isEqualTo(user);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        assertThat(reply.cookie()).contains(session);
        assertThat(api.get("/api/kblocks/" + kblock).inSession(session).ok().text("user_id"))
                .isEqualTo(user);
        assertThat(api.get("/api/users/" + user + "/profile").operator().ok().text("onboarding_completed_at"))
                .isEqualTo(TestServer.NOW.toString());
    }

    @Test
    void claimingAnOwnSessionReportsThatNothingChanged() {
        String session = api.startSession();
        claim(session).ok();
        ApiResponse reply = claim(session).ok();
        assertThat(reply.text("outcome")).isEqualTo("already_yours");
        assertThat(reply.at("/session/revision").intValue()).isEqualTo(2);
    }

    @Test
    void rejectsASessionOfAnotherUser() {
        String session = api.startSessionOf("somebody-else");
        conflict(claim(session), session, "claimed_by_another");
    }

    @Test
    void withoutAPolicyAnOpenSessionOfTheUserIsAConflictThatHidesIt() {
        String usersSession = api.startSessionOf(user);
        String anonymous = api.startSession();
        assertThat(conflict(claim(anonymous), anonymous, "user_has_open_session")
                        .body())
                .doesNotContain(usersSession);
        conflict(claim(anonymous).field("policy", "fail"), anonymous, "user_has_open_session");
        assertThat(api.session(anonymous).ok().text("state")).isEqualTo("open");
    }

    @Test
    void anOpenSessionOfAnotherFlowIsNoConflict() {
        api.startSessionOf(user);
        assertThat(claim(api.startSessionIn(SetupFlow.FLOW)).ok().text("outcome"))
                .isEqualTo("claimed");
    }

    @Test
    void keepTargetKeepsTheUsersSession() {
        String usersSession = usersSession();
        String anonymous = SetupFlow.startWithPlan(api);
        ApiResponse reply = claim(anonymous).field("policy", "keep_target").ok();
        isKept(reply, "kept_target", usersSession, anonymous);
        assertThat(reply.at("merged")).hasToString("[]");
        assertThat(reply.at("left")).hasToString("[\"team\",\"plan\"]");
        assertThat(api.session(usersSession).ok().text("next_step")).isEqualTo("team");
    }

    @Test
    void keepFurthestKeepsTheSessionWithMoreProgress() {
        String usersSession = usersSession();
        String further = SetupFlow.startWithPlan(api);
        ApiResponse reply = claim(further).field("policy", "keep_furthest").ok();
        isKept(reply, "kept_source", further, usersSession);
        assertThat(reply.text("/session/user_id")).isEqualTo(user);
        String behind = api.startSessionIn(SetupFlow.FLOW);
        isKept(claim(behind).field("policy", "keep_furthest").ok(), "kept_target", further, behind);
    }

    @Test
    void mergeAnswersAddsMissingAnswersToTheUsersSession() {
        String usersSession = usersSession();
        api.submit(usersSession, "team", SetupFlow.OTHER_TEAM).ok();
        String anonymous = SetupFlow.startWithPlan(api);
        ApiResponse reply = claim(anonymous).field("policy", "merge_answers").ok();
        isKept(reply, "merged", usersSession, anonymous);
        assertThat(reply.at("merged")).hasToString("[\"plan\"]");
        assertThat(reply.at("left")).hasToString("[\"team\"]");
        assertThat(reply.text("/session/steps/0/answer/name")).isEqualTo("Grace's");
        assertThat(reply.text("/session/steps/1/answer")).isEqualTo("free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep_target", "keep_furthest", "merge_answers", "fail"})
    void aCompletedSessionStaysCompletedUnderEveryPolicy(String policy) {
        String usersSession = usersSession();
        api.submit(usersSession, "team", SetupFlow.OTHER_TEAM).ok();
        api.submit(usersSession, "plan", SetupFlow.FREE).ok();
        api.submit(usersSession, "motto", "\"On.\"").ok();
        api.submit(usersSession, "ready", "{}").ok();
        api.action(usersSession, "complete").ok();
        String anonymous = SetupFlow.startWithPlan(api);
        ApiResponse reply = claim(anonymous).field("policy", policy).ok();
        isKept(reply, policy.equals("merge_answers") ? "merged" : "kept_target", usersSession, anonymous);
        assertThat(api.status().query("user_id", user).ok().text("session_id")).isEqualTo(usersSession);
        assertThat(api.status().query("user_id", user).ok().at("completed").booleanValue())
                .isTrue();
    }

    @Test
    void rejectsAnUnknownPolicyAndAMissingUser() {
        String session = api.startSession();
        api.action(session, "claim").expectInvalidField("user_id");
        api.action(session, "claim").field("user_id", "").expectInvalidField("user_id");
        api.action(session, "claim").field("user_id", "x".repeat(65)).expectInvalidField("user_id");
        api.action(session, "claim").field("user_id", 7).expectInvalidField("user_id");
        api.action(session, "claim").json("[]").expectInvalidField("body");
        assertThat(claim(session)
                        .field("policy", "take_all")
                        .expectInvalidField("policy")
                        .text("detail"))
                .contains("keep_target, keep_furthest, merge_answers, fail");
        assertThat(api.session(session).ok().at("user_id").isNull()).isTrue();
    }

    private String usersSession() {
        return api.start()
                .field("flow", SetupFlow.FLOW)
                .field("user_id", user)
                .ok()
                .text("session_id");
    }

    private ApiClient.ApiRequest claim(String session) {
        return api.action(session, "claim").field("user_id", user);
    }

    private void isKept(ApiResponse reply, String outcome, String remaining, String superseded) {
        assertThat(reply.text("outcome")).isEqualTo(outcome);
        assertThat(reply.text("superseded")).isEqualTo(superseded);
        assertThat(reply.at("session")).isEqualTo(api.session(remaining).ok().json());
        assertThat(reply.text("/session/session_id")).isEqualTo(remaining);
        assertThat(reply.header("ETag")).isEqualTo(api.session(remaining).ok().header("ETag"));
        assertThat(reply.cookie()).contains(remaining);
        assertThat(api.session(superseded).ok().text("superseded_by")).isEqualTo(remaining);
    }

    private ApiResponse conflict(ApiClient.ApiRequest request, String session, String code) {
        ApiResponse reply = request.expectProblem(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        return reply;
    }
}
