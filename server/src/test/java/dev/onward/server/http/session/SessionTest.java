package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading one session, and how it is named. */
@OnEachDatabase
class SessionTest extends HttpTest {

    @Test
    void returnsEverythingThatAFrontEndNeedsToDrawAnyStep() {
        ApiResponse reply = api.session(api.startSessionIn(SetupFlow.FLOW)).ok();
        assertThat(reply.text("state")).isEqualTo("open");
        assertThat(reply.text("title")).isEqualTo("Set up your team");
        assertThat(reply.text("completion_message")).isEqualTo("All set.");
        assertThat(reply.text("next_step")).isEqualTo("team");
        assertThat(reply.at("progress")).hasToString("{\"done\":0,\"total\":5}");
        assertThat(reply.at("/steps/0/input/properties/name/minLength").intValue())
                .isEqualTo(3);
        assertThat(reply.at("/steps/0/ui")).hasToString("{\"layout\":\"columns\"}");
        assertThat(reply.at("/steps/0/reachable").booleanValue()).isTrue();
        assertThat(reply.at("/steps/1/reachable").booleanValue()).isFalse();
        assertThat(reply.at("/steps/2/visible").booleanValue()).isFalse();
        assertThat(reply.at("/steps/3/optional").booleanValue()).isTrue();
        assertThat(reply.at("/steps/4/revisable").booleanValue()).isFalse();
        assertThat(reply.at("/steps/5/input").isNull()).isTrue();
        assertThat(reply.at("/steps/5/answer").isNull()).isTrue();
    }

    @Test
    void returnsTheKBlockOfADeclaration() {
        String session = api.startSession();
        String kblock = api.declaration("Care lasts.").inSession(session).ok().text("kblock_id");
        ApiResponse reply = api.session(session).ok();
        assertThat(reply.text("state")).isEqualTo("finished");
        assertThat(reply.text("/steps/0/creates")).isEqualTo("kblock");
        assertThat(reply.text("/steps/0/answer/declaration")).isEqualTo("Care lasts.");
        assertThat(reply.text("/steps/0/kblock_id")).isEqualTo(kblock);
        assertThat(reply.text("first_kblock_id")).isEqualTo(kblock);
    }

    @Test
    void headHasTheHeadersOfGetWithoutTheBody() {
        String session = api.startSession();
        ApiResponse reply =
                api.request("HEAD", "/api/onboarding/sessions/" + session).ok();
        assertThat(reply.header("ETag")).contains("\"1\"");
        assertThat(reply.bytes()).isEmpty();
    }

    @Test
    void currentIsTheSessionOfTheHeaderOrOfTheFlowsCookie() {
        String genesis = api.startSession();
        String setup = api.startSessionIn(SetupFlow.FLOW);
        assertThat(current().inSession(setup).ok().text("session_id")).isEqualTo(setup);
        assertThat(current().cookie(genesis).ok().text("session_id")).isEqualTo(genesis);
        String both = "onward_genesis=" + genesis + "; onward_setup=" + setup;
        assertThat(current().header("Cookie", both).ok().text("session_id")).isEqualTo(genesis);
        assertThat(current()
                        .header("Cookie", both)
                        .query("flow", SetupFlow.FLOW)
                        .ok()
                        .text("session_id"))
                .isEqualTo(setup);
    }

    @Test
    void currentRequiresASession() {
        String genesis = api.startSession();
        current().expectProblem(422, "session_required").isAbout("session_id");
        current().cookie(genesis).query("flow", SetupFlow.FLOW).expectProblem(422, "session_required");
        api.action("current", "dismiss").expectProblem(422, "session_required");
    }

    @Test
    void currentRejectsTwoDifferentSessions() {
        current().inSession(api.startSession()).cookie(api.startSession()).expectInvalidField("session_id");
        current().inSession("").expectInvalidField("Onboarding-Session");
    }

    @Test
    void rejectsAHeaderOrQueryWithAnotherSessionThanThePath() {
        String session = api.startSession();
        String other = api.startSession();
        api.session(session).inSession(other).expectInvalidField("Onboarding-Session");
        api.session(session).inSession("").expectInvalidField("Onboarding-Session");
        api.session(session).query("session_id", other).expectInvalidField("session_id");
        api.action(session, "dismiss").inSession(other).expectInvalidField("Onboarding-Session");
        api.session(session).inSession(session).query("session_id", session).ok();
        assertThat(api.session(other).ok().text("state")).isEqualTo("open");
    }

    @Test
    void thePathOverridesTheCookie() {
        String namedSession = api.startSession();
        assertThat(api.session(namedSession)
                        .cookie(api.startSession())
                        .operator()
                        .ok()
                        .text("session_id"))
                .isEqualTo(namedSession);
    }

    @Test
    void aCookieOfASupersededSessionLeadsToItsSuccessor() {
        String first = api.startSession();
        String second = api.action(first, "restart").ok().text("session_id");
        String third = api.action(second, "restart").ok().text("session_id");
        ApiResponse reply = current().cookie(first).ok();
        assertThat(reply.text("session_id")).isEqualTo(third);
        assertThat(reply.cookie()).contains(third);
        assertThat(current().cookie(third).ok().cookie()).contains(third);
        for (ApiClient.ApiRequest request : List.of(
                api.session(first).cookie(first),
                current().inSession(first).cookie(first),
                current().query("session_id", first).cookie(first))) {
            ApiResponse superseded = request.ok();
            assertThat(superseded.text("session_id")).isEqualTo(first);
            assertThat(superseded.cookie()).contains(first);
        }
    }

    @Test
    void anUnknownSessionIs404ForEveryRequest() {
        api.session("nobody").expectProblem(404, "session_not_found");
        api.events("nobody").expectProblem(404, "session_not_found");
        api.submit("nobody", "team", SetupFlow.TEAM).expectProblem(404, "session_not_found");
        for (String what : new String[] {"steps/team/skip", "dismiss", "reopen", "restart", "complete"}) {
            api.action("nobody", what).expectProblem(404, "session_not_found");
        }
        api.action("nobody", "claim").field("user_id", "ada").expectProblem(404, "session_not_found");
        current().cookie("gone").expectProblem(404, "session_not_found");
    }

    @Test
    void rejectsAnInvalidId() {
        api.session("x".repeat(65)).expectInvalidField("id");
        api.session("a%00b").expectInvalidField("id");
        current().query("flow", "nowhere").expectInvalidField("flow");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        String session = api.startSession();
        api.request("DELETE", "/api/onboarding/sessions/" + session).expectProblem(405, "method_not_allowed");
        api.request("PUT", "/api/onboarding/sessions/" + session + "/steps/team")
                .json(SetupFlow.TEAM)
                .expectProblem(405, "method_not_allowed");
        api.get("/api/onboarding/sessions/" + session + "/dismiss").expectProblem(405, "method_not_allowed");
    }

    private ApiClient.ApiRequest current() {
        return api.session("current");
    }
}
