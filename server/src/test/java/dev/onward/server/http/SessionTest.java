package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading one session, and by which names it is found. */
@OnEachDatabase
class SessionTest extends HttpTest {

    @Test
    void showsEverythingThatAFrontEndNeedsToDrawAnyStep() {
        Reply reply = api.session(api.startedIn(Setup.FLOW)).ok();
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
    void showsWhatADeclarationBecame() {
        String session = api.started();
        String kblock = api.declaration("Care lasts.").inSession(session).ok().text("kblock_id");
        Reply reply = api.session(session).ok();
        assertThat(reply.text("state")).isEqualTo("finished");
        assertThat(reply.text("/steps/0/creates")).isEqualTo("kblock");
        assertThat(reply.text("/steps/0/answer/declaration")).isEqualTo("Care lasts.");
        assertThat(reply.text("/steps/0/kblock_id")).isEqualTo(kblock);
        assertThat(reply.text("first_kblock_id")).isEqualTo(kblock);
    }

    @Test
    void headSaysTheSameWithoutTheBody() {
        String session = api.started();
        Reply reply = api.request("HEAD", "/api/onboarding/sessions/" + session).ok();
        assertThat(reply.header("ETag")).contains("\"1\"");
        assertThat(reply.bytes()).isEmpty();
    }

    @Test
    void currentIsTheSessionOfTheHeaderOrOfTheFlowsCookie() {
        String genesis = api.started();
        String setup = api.startedIn(Setup.FLOW);
        assertThat(current().inSession(setup).ok().text("session_id")).isEqualTo(setup);
        assertThat(current().cookie(genesis).ok().text("session_id")).isEqualTo(genesis);
        String both = "onward_genesis=" + genesis + "; onward_setup=" + setup;
        assertThat(current().header("Cookie", both).ok().text("session_id")).isEqualTo(genesis);
        assertThat(current()
                        .header("Cookie", both)
                        .query("flow", Setup.FLOW)
                        .ok()
                        .text("session_id"))
                .isEqualTo(setup);
    }

    @Test
    void currentTakesASession() {
        String genesis = api.started();
        current().refused(422, "session_required").isAbout("session_id");
        current().cookie(genesis).query("flow", Setup.FLOW).refused(422, "session_required");
        api.act("current", "dismiss").refused(422, "session_required");
    }

    @Test
    void currentByTwoNamesThatDifferIsRefused() {
        current().inSession(api.started()).cookie(api.started()).refusedFor("session_id");
        current().inSession("").refusedFor("Onboarding-Session");
    }

    @Test
    void aHeaderOrAQueryThatNamesAnotherSessionThanTheAddressIsRefused() {
        String session = api.started();
        String other = api.started();
        api.session(session).inSession(other).refusedFor("Onboarding-Session");
        api.session(session).inSession("").refusedFor("Onboarding-Session");
        api.session(session).query("session_id", other).refusedFor("session_id");
        api.act(session, "dismiss").inSession(other).refusedFor("Onboarding-Session");
        api.session(session).inSession(session).query("session_id", session).ok();
        assertThat(api.session(other).ok().text("state")).isEqualTo("open");
    }

    @Test
    void theCookieOfABrowserDoesNotStandInTheWayOfAnAddress() {
        String theirs = api.started();
        assertThat(api.session(theirs).cookie(api.started()).operator().ok().text("session_id"))
                .isEqualTo(theirs);
    }

    @Test
    void aCookieThatNamesASupersededSessionGoesOverToTheOneInItsPlace() {
        String first = api.started();
        String second = api.act(first, "restart").ok().text("session_id");
        String third = api.act(second, "restart").ok().text("session_id");
        Reply reply = current().cookie(first).ok();
        assertThat(reply.text("session_id")).isEqualTo(third);
        assertThat(reply.cookie()).contains(third);
        assertThat(current().cookie(third).ok().cookie()).contains(third);
        for (Api.Request said : List.of(
                api.session(first).cookie(first),
                current().inSession(first).cookie(first),
                current().query("session_id", first).cookie(first))) {
            Reply superseded = said.ok();
            assertThat(superseded.text("session_id")).isEqualTo(first);
            assertThat(superseded.cookie()).contains(first);
        }
    }

    @Test
    void anUnknownSessionIs404WhateverIsAskedOfIt() {
        api.session("nobody").refused(404, "session_not_found");
        api.events("nobody").refused(404, "session_not_found");
        api.submit("nobody", "team", Setup.TEAM).refused(404, "session_not_found");
        for (String what : new String[] {"steps/team/skip", "dismiss", "reopen", "restart", "complete"}) {
            api.act("nobody", what).refused(404, "session_not_found");
        }
        api.act("nobody", "claim").field("user_id", "ada").refused(404, "session_not_found");
        current().cookie("gone").refused(404, "session_not_found");
    }

    @Test
    void anIdThatNoSessionCanHaveIsRefused() {
        api.session("x".repeat(65)).refusedFor("id");
        api.session("a%00b").refusedFor("id");
        current().query("flow", "nowhere").refusedFor("flow");
    }

    @Test
    void nothingElseCanBeDoneHere() {
        String session = api.started();
        api.request("DELETE", "/api/onboarding/sessions/" + session).refused(405, "method_not_allowed");
        api.request("PUT", "/api/onboarding/sessions/" + session + "/steps/team")
                .json(Setup.TEAM)
                .refused(405, "method_not_allowed");
        api.get("/api/onboarding/sessions/" + session + "/dismiss").refused(405, "method_not_allowed");
    }

    private Api.Request current() {
        return api.session("current");
    }
}
