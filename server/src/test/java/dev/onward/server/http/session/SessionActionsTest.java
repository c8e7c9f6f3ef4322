package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Actions on a session besides its steps: dismiss, reopen, restart, complete. */
@OnEachDatabase
class SessionActionsTest extends HttpTest {

    @Test
    void aDismissedSessionRejectsChangesUntilItIsReopened() {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse dismissed = api.action(session, "dismiss").ok();
        assertThat(dismissed.text("state")).isEqualTo("dismissed");
        assertThat(dismissed.text("dismissed_at")).isEqualTo(TestServer.NOW.toString());
        conflict(api.submit(session, "motto", SetupFlow.MOTTO), session, "dismissed");
        conflict(api.action(session, "steps/notes/skip"), session, "dismissed");
        conflict(api.action(session, "complete"), session, "dismissed");
        conflict(api.complete().query("session_id", session), session, "dismissed");
        ApiResponse reopened = api.action(session, "reopen").ok();
        assertThat(reopened.text("state")).isEqualTo("open");
        assertThat(reopened.at("dismissed_at").isNull()).isTrue();
        api.submit(session, "motto", SetupFlow.MOTTO).ok();
    }

    @Test
    void dismissingAndReopeningTwiceIsHarmless() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        assertThat(api.action(session, "reopen").ok().at("revision").intValue()).isEqualTo(1);
        api.action(session, "dismiss").ok();
        assertThat(api.action(session, "dismiss").ok().at("revision").intValue())
                .isEqualTo(2);
    }

    @Test
    void aCompletedSessionCannotBeDismissed() {
        String session = SetupFlow.startWithPlan(api);
        SetupFlow.finish(api, session);
        conflict(api.action(session, "dismiss"), session, "already_completed");
        conflict(api.action(session, "reopen"), session, "already_completed");
    }

    @Test
    void completingRequiresTheRequiredStepsAndListsMissingOnes() {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse reply = conflict(api.action(session, "complete"), session, "steps_missing");
        assertThat(reply.at("missing")).hasToString("[\"motto\",\"ready\"]");
        assertThat(conflict(api.complete().inSession(session), session, "steps_missing")
                        .text("detail"))
                .contains("motto, ready");
    }

    @Test
    void completingReturnsTheSession() {
        String session = SetupFlow.startWithPlan(api);
        SetupFlow.finish(api, session);
        ApiResponse reply = api.action(session, "complete").ok();
        assertThat(reply.text("state")).isEqualTo("completed");
        assertThat(reply.text("current_step")).isEqualTo("completed");
        assertThat(api.action(session, "complete").ok().body()).isEqualTo(reply.body());
    }

    @Test
    void aFlowMayAllowEarlyCompletion() {
        assertThat(api.action(api.startSessionIn("tour"), "complete").ok().text("state"))
                .isEqualTo("completed");
        assertThat(api.action(api.startSession(), "complete").ok().text("state"))
                .isEqualTo("completed");
    }

    @Test
    void restartingKeepsTheOldSessionAndReturnsANewOneOfTheSameUser() {
        String session = api.startSessionOf("ruth");
        api.declaration("Keep at it.").inSession(session).ok();
        ApiResponse reply = api.action(session, "restart").ok();
        String next = reply.text("session_id");
        assertThat(next).isNotEqualTo(session);
        assertThat(reply.cookie()).contains(next);
        assertThat(reply.text("user_id")).isEqualTo("ruth");
        assertThat(reply.text("state")).isEqualTo("open");
        assertThat(reply.at("/steps/0/answer").isNull()).isTrue();
        ApiResponse old = api.session(session).ok();
        assertThat(old.text("state")).isEqualTo("superseded");
        assertThat(old.text("superseded_by")).isEqualTo(next);
        assertThat(old.text("first_declaration")).isEqualTo("Keep at it.");
    }

    @Test
    void restartingWorksByTheCookieAlone() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        ApiResponse reply = api.action("current", "restart")
                .query("flow", SetupFlow.FLOW)
                .header("Cookie", "onward_setup=" + session)
                .ok();
        assertThat(reply.header("Set-Cookie").orElseThrow()).startsWith("onward_setup=" + reply.text("session_id"));
    }

    @Test
    void aSupersededSessionRejectsChangesAndNamesItsSuccessor() {
        String session = SetupFlow.startWithPlan(api);
        String next = api.action(session, "restart").ok().text("session_id");
        List<ApiClient.ApiRequest> all = List.of(
                api.submit(session, "team", SetupFlow.OTHER_TEAM),
                api.action(session, "steps/notes/skip"),
                api.action(session, "dismiss"),
                api.action(session, "reopen"),
                api.action(session, "restart"),
                api.action(session, "complete"),
                api.action(session, "claim").field("user_id", "sue"),
                api.declaration("Anew.").inSession(session),
                api.complete().inSession(session));
        for (ApiClient.ApiRequest request : all.subList(0, 7)) {
            assertThat(conflict(request, session, "superseded").text("/session/superseded_by"))
                    .isEqualTo(next);
        }
        conflict(all.get(8), session, "superseded");
        conflict(all.get(7), session, "nothing_to_declare");
    }

    /** Asserts a conflict that contains the session as GET returns it. */
    private ApiResponse conflict(ApiClient.ApiRequest request, String session, String code) {
        ApiResponse reply = request.expectProblem(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        return reply;
    }
}
