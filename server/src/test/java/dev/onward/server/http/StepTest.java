package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to steps: given, changed, left out, and what stands in their way. */
@OnEachDatabase
class StepTest extends HttpTest {

    @Test
    void anAnswerIsKeptAsItWasSentAndTheSessionComesBackAsGetShowsIt() {
        String session = api.startedIn(Setup.FLOW);
        String answer = "{\"name\":\"Die Über\",\"size\":3,\"tags\":[\"a\",\"b\"]}";
        Reply reply = api.submit(session, "team", answer).ok();
        assertThat(reply.at("/steps/0/answer")).hasToString(answer);
        assertThat(reply.text("/steps/0/state")).isEqualTo("done");
        assertThat(reply.text("current_step")).isEqualTo("team");
        assertThat(reply.text("next_step")).isEqualTo("plan");
        assertThat(reply.at("revision").intValue()).isEqualTo(2);
        assertThat(api.session(session).ok().body()).isEqualTo(reply.body());
    }

    @Test
    void theSameAnswerAgainChangesNothing() {
        String session = api.startedIn(Setup.FLOW);
        String first = api.submit(session, "team", Setup.TEAM).ok().body();
        assertThat(api.submit(session, "team", "{\"size\": 3, \"name\": \"Ada's\"}")
                        .ok()
                        .body())
                .isEqualTo(first);
    }

    @Test
    void aRevisionReplacesTheAnswerAndDoesNotMoveTheMilestone() {
        String session = Setup.begun(api);
        Reply reply = api.submit(session, "team", Setup.OTHER_TEAM).ok();
        assertThat(reply.text("/steps/0/answer/name")).isEqualTo("Grace's");
        assertThat(reply.text("current_step")).isEqualTo("plan");
    }

    @Test
    void anotherChoiceLeadsAnotherWayAndTheHiddenAnswerIsKeptWithoutCounting() {
        String session = Setup.begun(api);
        assertThat(api.submit(session, "plan", Setup.PRO).ok().text("next_step"))
                .isEqualTo("billing");
        api.submit(session, "billing", Setup.BILLING).ok();
        Reply back = api.submit(session, "plan", Setup.FREE).ok();
        assertThat(back.at("/steps/2/visible").booleanValue()).isFalse();
        assertThat(back.at("/steps/2/done").booleanValue()).isFalse();
        assertThat(back.at("progress")).hasToString("{\"done\":2,\"total\":5}");
        Reply again = api.submit(session, "plan", Setup.PRO).ok();
        assertThat(again.at("/steps/2/answer")).hasToString("{\"vat\":\"AT123\"}");
        assertThat(again.at("/steps/2/done").booleanValue()).isTrue();
    }

    @Test
    void theLastStepCompletes() {
        String session = Setup.begun(api);
        Reply reply = Setup.finish(api, session);
        assertThat(reply.text("state")).isEqualTo("finished");
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.text("completed_at")).isEqualTo(Site.NOW.toString());
        assertThat(reply.at("next_step").isNull()).isTrue();
        assertThat(reply.text("/steps/3/state")).isEqualTo("skipped");
    }

    @Test
    void aSkippedStepMayBeAnsweredAndAnAnswerTakenBack() {
        String session = Setup.begun(api);
        api.act(session, "steps/notes/skip").ok();
        Reply answered = api.submit(session, "notes", Setup.NOTES).ok();
        assertThat(answered.text("/steps/3/answer")).isEqualTo("We begin in May.");
        Reply skipped = api.act(session, "steps/notes/skip").ok();
        assertThat(skipped.text("/steps/3/state")).isEqualTo("skipped");
        assertThat(skipped.at("/steps/3/answer").isNull()).isTrue();
    }

    @Test
    void aStepThatIsNotInTheFlowIs404AndTheOthersAreNamed() {
        String session = api.startedIn(Setup.FLOW);
        assertThat(api.submit(session, "first_declaration", "{}")
                        .refused(404, "step_not_found")
                        .text("detail"))
                .contains("team, plan, billing, notes, motto, ready");
        api.act(session, "steps/nowhere/skip").refused(404, "step_not_found");
        api.submit(session, "x".repeat(65), "{}").refusedFor("step");
    }

    @Test
    void aStepThatCannotBeDoneNowIs409AndSaysWhatCan() {
        String session = api.startedIn(Setup.FLOW);
        Reply early = conflict(api.submit(session, "motto", Setup.MOTTO), session, "step_not_reachable");
        assertThat(early.text("detail")).contains("Steps that can be done now: team.");
        Setup.begin(api, session);
        conflict(api.submit(session, "billing", Setup.BILLING), session, "step_not_reachable");
        conflict(api.act(session, "steps/ready/skip"), session, "step_not_reachable");
    }

    @Test
    void aStepThatIsNotRevisableKeepsItsAnswer() {
        String session = Setup.begun(api);
        api.submit(session, "motto", Setup.MOTTO).ok();
        conflict(api.submit(session, "motto", "\"Make it new.\""), session, "already_answered");
        api.submit(session, "motto", Setup.MOTTO).ok();
        String genesis = api.started();
        api.submit(genesis, "first_declaration", "{\"declaration\": \"One.\"}").ok();
        conflict(api.submit(genesis, "first_declaration", "{\"declaration\": \"Two.\"}"), genesis, "already_declared");
    }

    @Test
    void aRequiredStepCannotBeSkipped() {
        String session = api.startedIn(Setup.FLOW);
        conflict(api.act(session, "steps/team/skip"), session, "step_required");
    }

    @Test
    void anAnswerThatBreaksItsSchemaIs422WithOneEntryForEachRule() {
        String session = api.startedIn(Setup.FLOW);
        Reply reply = api.submit(session, "team", "{\"name\": \"ad\", \"tags\": [\"a\", 7], \"co/lour\": 1}")
                .refused(422, "invalid_answer");
        assertThat(reply.at("errors").valueStream().map(error -> error.get("pointer") + " " + error.get("field")))
                .containsExactlyInAnyOrder(
                        "\"/name\" \"name\"",
                        "\"/name\" \"name\"",
                        "\"/size\" \"size\"",
                        "\"/tags/1\" \"1\"",
                        "\"/co~1lour\" \"co/lour\"");
        assertThat(reply.at("errors")
                        .valueStream()
                        .map(error -> error.get("detail"))
                        .distinct())
                .hasSize(5)
                .noneMatch(detail -> detail.toString().contains(";"));
        Reply whole = api.submit(session, "team", "\"Ada's\"").refused(422, "invalid_answer");
        assertThat(whole.text("/errors/0/pointer")).isEmpty();
        assertThat(whole.text("/errors/0/field")).isEqualTo("answer");
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(1);
    }

    @Test
    void aDeclarationThatSaysNothingIsAnInvalidAnswerOfItsStep() {
        String session = api.started();
        assertThat(api.submit(session, "first_declaration", "{\"declaration\": \" \\u00a0 \"}")
                        .refused(422, "invalid_answer")
                        .text("/errors/0/pointer"))
                .isEqualTo("/declaration");
        api.submit(session, "first_declaration", "{}").refused(422, "invalid_answer");
    }

    @Test
    void aStepWithoutInputTakesNoAnswer() {
        String session = Setup.begun(api);
        api.submit(session, "motto", Setup.MOTTO).ok();
        api.submit(session, "ready", "{\"yes\": true}").refused(422, "invalid_answer");
        api.submit(session, "ready", "true").refused(422, "invalid_answer");
        assertThat(api.act(session, "steps/ready").ok().text("/steps/5/state")).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", " ", "1e99999999999", "{\"a\": 1, \"a\": 2}", "[1,]", "\"\\x\""})
    void aBodyThatIsNotJsonIs400(String body) {
        api.submit(api.startedIn(Setup.FLOW), "team", body).refused(400, "malformed_json");
    }

    @Test
    void whatNoAnswerCanBeIsRefused() {
        String session = Setup.begun(api);
        api.submit(session, "notes", "null").refusedFor("body");
        api.act(session, "steps/notes").refused(422, "invalid_answer");
        api.submit(session, "notes", "\"a\\u0000b\"").refused(422, "invalid_answer");
        api.submit(session, "notes", "\"\\ud800\"").refused(422, "invalid_answer");
        api.submit(session, "team", "{\"name\": \"Ada\", \"size\": 1e500}").refused(422, "invalid_answer");
        api.submit(session, "notes", "[".repeat(33) + "]".repeat(33)).refused(400, "malformed_json");
        api.submit(session, "notes", "\"" + "x".repeat(64 * 1024) + "\"").refused(413, "too_large");
        api.act(session, "steps/notes")
                .body("text/plain", Setup.NOTES.getBytes(StandardCharsets.UTF_8))
                .refused(415, "unsupported_media_type");
    }

    @Test
    void theAnswersOfASessionTakeSixtyFourKibibytesInAll() {
        String session = Setup.begun(api);
        api.submit(session, "notes", "\"" + "x".repeat(40_000) + "\"").ok();
        Reply reply =
                api.submit(session, "motto", "\"" + "x".repeat(30_000) + "\"").refused(413, "answers_too_large");
        assertThat(reply.text("detail")).contains("64 KiB");
        api.submit(session, "notes", Setup.NOTES).ok();
        api.submit(session, "motto", "\"" + "x".repeat(30_000) + "\"").ok();
    }

    /** Refused as a conflict that does not pass by itself, with the session as GET shows it. */
    private Reply conflict(Api.Request request, String session, String code) {
        Reply reply = request.refused(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        assertThat(reply.header("Retry-After")).isEmpty();
        return reply;
    }
}
