package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The turns that a session may take beside its steps: put off, gone on with, begun anew, completed. */
@OnEachDatabase
class TurnTest extends HttpTest {

    @Test
    void aSessionThatIsPutOffTakesNothingUntilItIsReopened() {
        String session = Setup.begun(api);
        Reply dismissed = api.act(session, "dismiss").ok();
        assertThat(dismissed.text("state")).isEqualTo("dismissed");
        assertThat(dismissed.text("dismissed_at")).isEqualTo(Site.NOW.toString());
        conflict(api.submit(session, "motto", Setup.MOTTO), session, "dismissed");
        conflict(api.act(session, "steps/notes/skip"), session, "dismissed");
        conflict(api.act(session, "complete"), session, "dismissed");
        conflict(api.complete().query("session_id", session), session, "dismissed");
        Reply reopened = api.act(session, "reopen").ok();
        assertThat(reopened.text("state")).isEqualTo("open");
        assertThat(reopened.at("dismissed_at").isNull()).isTrue();
        api.submit(session, "motto", Setup.MOTTO).ok();
    }

    @Test
    void puttingOffAndReopeningTwiceIsHarmless() {
        String session = api.startedIn(Setup.FLOW);
        assertThat(api.act(session, "reopen").ok().at("revision").intValue()).isEqualTo(1);
        api.act(session, "dismiss").ok();
        assertThat(api.act(session, "dismiss").ok().at("revision").intValue()).isEqualTo(2);
    }

    @Test
    void whatIsCompletedCannotBePutOff() {
        String session = Setup.begun(api);
        Setup.finish(api, session);
        conflict(api.act(session, "dismiss"), session, "already_completed");
        conflict(api.act(session, "reopen"), session, "already_completed");
    }

    @Test
    void completingTakesTheRequiredStepsAndListsThoseThatAreMissing() {
        String session = Setup.begun(api);
        Reply reply = conflict(api.act(session, "complete"), session, "steps_missing");
        assertThat(reply.at("missing")).hasToString("[\"motto\",\"ready\"]");
        assertThat(conflict(api.complete().inSession(session), session, "steps_missing")
                        .text("detail"))
                .contains("motto, ready");
    }

    @Test
    void completingAnswersTheSession() {
        String session = Setup.begun(api);
        Setup.finish(api, session);
        Reply reply = api.act(session, "complete").ok();
        assertThat(reply.text("state")).isEqualTo("completed");
        assertThat(reply.text("current_step")).isEqualTo("completed");
        assertThat(api.act(session, "complete").ok().body()).isEqualTo(reply.body());
    }

    @Test
    void aFlowMaySayThatItCompletesEarly() {
        assertThat(api.act(api.startedIn("tour"), "complete").ok().text("state"))
                .isEqualTo("completed");
        assertThat(api.act(api.started(), "complete").ok().text("state")).isEqualTo("completed");
    }

    @Test
    void restartingKeepsTheOldSessionAndAnswersANewOneOfTheSameUser() {
        String session = api.startedBy("ruth");
        api.declaration("Keep at it.").inSession(session).ok();
        Reply reply = api.act(session, "restart").ok();
        String next = reply.text("session_id");
        assertThat(next).isNotEqualTo(session);
        assertThat(reply.cookie()).contains(next);
        assertThat(reply.text("user_id")).isEqualTo("ruth");
        assertThat(reply.text("state")).isEqualTo("open");
        assertThat(reply.at("/steps/0/answer").isNull()).isTrue();
        Reply old = api.session(session).ok();
        assertThat(old.text("state")).isEqualTo("superseded");
        assertThat(old.text("superseded_by")).isEqualTo(next);
        assertThat(old.text("first_declaration")).isEqualTo("Keep at it.");
    }

    @Test
    void restartingWorksByTheCookieAlone() {
        String session = api.startedIn(Setup.FLOW);
        Reply reply = api.act("current", "restart")
                .query("flow", Setup.FLOW)
                .header("Cookie", "onward_setup=" + session)
                .ok();
        assertThat(reply.header("Set-Cookie").orElseThrow()).startsWith("onward_setup=" + reply.text("session_id"));
    }

    @Test
    void aSupersededSessionTakesNothingAndNamesTheOneToGoOnWith() {
        String session = Setup.begun(api);
        String next = api.act(session, "restart").ok().text("session_id");
        List<Api.Request> all = List.of(
                api.submit(session, "team", Setup.OTHER_TEAM),
                api.act(session, "steps/notes/skip"),
                api.act(session, "dismiss"),
                api.act(session, "reopen"),
                api.act(session, "restart"),
                api.act(session, "complete"),
                api.act(session, "claim").field("user_id", "sue"),
                api.declaration("Anew.").inSession(session),
                api.complete().inSession(session));
        for (Api.Request request : all.subList(0, 7)) {
            assertThat(conflict(request, session, "superseded").text("/session/superseded_by"))
                    .isEqualTo(next);
        }
        conflict(all.get(8), session, "superseded");
        conflict(all.get(7), session, "nothing_to_declare");
    }

    /** Refused as a conflict, with the session as GET shows it. */
    private Reply conflict(Api.Request request, String session, String code) {
        Reply reply = request.refused(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        return reply;
    }
}
