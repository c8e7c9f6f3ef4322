package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to steps: submitting, revising, skipping, and errors. */
@OnEachDatabase
class StepTest extends HttpTest {

    @Test
    void storesAnAnswerAsSentAndReturnsTheSessionAsGetDoes() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        String answer = "{\"name\":\"Die Über\",\"size\":3,\"tags\":[\"a\",\"b\"]}";
        ApiResponse reply = api.submit(session, "team", answer).ok();
        assertThat(reply.at("/steps/0/answer")).hasToString(answer);
        assertThat(reply.text("/steps/0/state")).isEqualTo("done");
        assertThat(reply.text("current_step")).isEqualTo("team");
        assertThat(reply.text("next_step")).isEqualTo("plan");
        assertThat(reply.at("revision").intValue()).isEqualTo(2);
        assertThat(api.session(session).ok().body()).isEqualTo(reply.body());
    }

    @Test
    void theSameAnswerAgainChangesNothing() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        String first = api.submit(session, "team", SetupFlow.TEAM).ok().body();
        assertThat(api.submit(session, "team", "{\"size\": 3, \"name\": \"Ada's\"}")
                        .ok()
                        .body())
                .isEqualTo(first);
    }

    @Test
    void aRevisedAnswerReplacesTheOldOneAndKeepsTheMilestone() {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse reply = api.submit(session, "team", SetupFlow.OTHER_TEAM).ok();
        assertThat(reply.text("/steps/0/answer/name")).isEqualTo("Grace's");
        assertThat(reply.text("current_step")).isEqualTo("plan");
    }

    @Test
    void aRevisedChoiceHidesStepsAndKeepsTheirAnswers() {
        String session = SetupFlow.startWithPlan(api);
        assertThat(api.submit(session, "plan", SetupFlow.PRO).ok().text("next_step"))
                .isEqualTo("billing");
        api.submit(session, "billing", SetupFlow.BILLING).ok();
        ApiResponse back = api.submit(session, "plan", SetupFlow.FREE).ok();
        assertThat(back.at("/steps/2/visible").booleanValue()).isFalse();
        assertThat(back.at("/steps/2/done").booleanValue()).isFalse();
        assertThat(back.at("progress")).hasToString("{\"done\":2,\"total\":5}");
        ApiResponse again = api.submit(session, "plan", SetupFlow.PRO).ok();
        assertThat(again.at("/steps/2/answer")).hasToString("{\"vat\":\"AT123\"}");
        assertThat(again.at("/steps/2/done").booleanValue()).isTrue();
    }

    @Test
    void theLastStepCompletes() {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse reply = SetupFlow.finish(api, session);
        assertThat(reply.text("state")).isEqualTo("finished");
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.text("completed_at")).isEqualTo(TestServer.NOW.toString());
        assertThat(reply.at("next_step").isNull()).isTrue();
        assertThat(reply.text("/steps/3/state")).isEqualTo("skipped");
    }

    @Test
    void aSkippedStepMayBeAnsweredAndAnAnsweredOneSkipped() {
        String session = SetupFlow.startWithPlan(api);
        api.action(session, "steps/notes/skip").ok();
        ApiResponse answered = api.submit(session, "notes", SetupFlow.NOTES).ok();
        assertThat(answered.text("/steps/3/answer")).isEqualTo("We begin in May.");
        ApiResponse skipped = api.action(session, "steps/notes/skip").ok();
        assertThat(skipped.text("/steps/3/state")).isEqualTo("skipped");
        assertThat(skipped.at("/steps/3/answer").isNull()).isTrue();
    }

    @Test
    void anUnknownStepIs404AndTheOthersAreListed() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        assertThat(api.submit(session, "first_declaration", "{}")
                        .expectProblem(404, "step_not_found")
                        .text("detail"))
                .contains("team, plan, billing, notes, motto, ready");
        api.action(session, "steps/nowhere/skip").expectProblem(404, "step_not_found");
        api.submit(session, "x".repeat(65), "{}").expectInvalidField("step");
    }

    @Test
    void aStepThatIsNotAvailableIs409AndAvailableOnesAreListed() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        ApiResponse early = conflict(api.submit(session, "motto", SetupFlow.MOTTO), session, "step_not_reachable");
        assertThat(early.text("detail")).contains("Steps that can be done now: team.");
        SetupFlow.begin(api, session);
        conflict(api.submit(session, "billing", SetupFlow.BILLING), session, "step_not_reachable");
        conflict(api.action(session, "steps/ready/skip"), session, "step_not_reachable");
    }

    @Test
    void aStepThatIsNotRevisableKeepsItsAnswer() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "motto", SetupFlow.MOTTO).ok();
        conflict(api.submit(session, "motto", "\"Make it new.\""), session, "already_answered");
        api.submit(session, "motto", SetupFlow.MOTTO).ok();
        String genesis = api.startSession();
        api.submit(genesis, "first_declaration", "{\"declaration\": \"One.\"}").ok();
        conflict(api.submit(genesis, "first_declaration", "{\"declaration\": \"Two.\"}"), genesis, "already_declared");
    }

    @Test
    void aRequiredStepCannotBeSkipped() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        conflict(api.action(session, "steps/team/skip"), session, "step_required");
    }

    @Test
    void anAnswerThatBreaksItsSchemaIs422WithOneEntryForEachRule() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        ApiResponse reply = api.submit(session, "team", "{\"name\": \"ad\", \"tags\": [\"a\", 7], \"co/lour\": 1}")
                .expectProblem(422, "invalid_answer");
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
        ApiResponse whole = api.submit(session, "team", "\"Ada's\"").expectProblem(422, "invalid_answer");
        assertThat(whole.text("/errors/0/pointer")).isEmpty();
        assertThat(whole.text("/errors/0/field")).isEqualTo("answer");
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(1);
    }

    @Test
    void anEmptyDeclarationIsAnInvalidAnswer() {
        String session = api.startSession();
        assertThat(api.submit(session, "first_declaration", "{\"declaration\": \" \\u00a0 \"}")
                        .expectProblem(422, "invalid_answer")
                        .text("/errors/0/pointer"))
                .isEqualTo("/declaration");
        api.submit(session, "first_declaration", "{}").expectProblem(422, "invalid_answer");
    }

    @Test
    void aStepWithoutInputAcceptsNoAnswer() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "motto", SetupFlow.MOTTO).ok();
        api.submit(session, "ready", "{\"yes\": true}").expectProblem(422, "invalid_answer");
        api.submit(session, "ready", "true").expectProblem(422, "invalid_answer");
        assertThat(api.action(session, "steps/ready").ok().text("/steps/5/state"))
                .isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", " ", "1e99999999999", "{\"a\": 1, \"a\": 2}", "[1,]", "\"\\x\""})
    void invalidJsonIs400(String body) {
        api.submit(api.startSessionIn(SetupFlow.FLOW), "team", body).expectProblem(400, "malformed_json");
    }

    @Test
    void rejectsUnstorableAnswers() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "notes", "null").expectInvalidField("body");
        api.action(session, "steps/notes").expectProblem(422, "invalid_answer");
        api.submit(session, "notes", "\"a\\u0000b\"").expectProblem(422, "invalid_answer");
        api.submit(session, "notes", "\"\\ud800\"").expectProblem(422, "invalid_answer");
        api.submit(session, "team", "{\"name\": \"Ada\", \"size\": 1e500}").expectProblem(422, "invalid_answer");
        api.submit(session, "notes", "[".repeat(33) + "]".repeat(33)).expectProblem(400, "malformed_json");
        api.submit(session, "notes", "\"" + "x".repeat(64 * 1024) + "\"").expectProblem(413, "too_large");
        api.action(session, "steps/notes")
                .body("text/plain", SetupFlow.NOTES.getBytes(StandardCharsets.UTF_8))
                .expectProblem(415, "unsupported_media_type");
    }

    @Test
    void theAnswersOfASessionAreLimitedToSixtyFourKibibytes() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "notes", "\"" + "x".repeat(40_000) + "\"").ok();
        ApiResponse reply =
                api.submit(session, "motto", "\"" + "x".repeat(30_000) + "\"").expectProblem(413, "answers_too_large");
        assertThat(reply.text("detail")).contains("64 KiB");
        api.submit(session, "notes", SetupFlow.NOTES).ok();
        api.submit(session, "motto", "\"" + "x".repeat(30_000) + "\"").ok();
    }

    /** Asserts a conflict that is not retryable and contains the session as GET returns it. */
    private ApiResponse conflict(ApiClient.ApiRequest request, String session, String code) {
        ApiResponse reply = request.expectProblem(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        assertThat(reply.header("Retry-After")).isEmpty();
        return reply;
    }
}
