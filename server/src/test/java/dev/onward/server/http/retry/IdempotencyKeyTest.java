package dev.onward.server.http.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A retry with the same {@code Idempotency-Key} is done once and gets the stored response. */
@OnEachDatabase
class IdempotencyKeyTest extends HttpTest {
    private String key = "";

    @BeforeEach
    void theKeyIsUnused() {
        key = UUID.randomUUID().toString();
    }

    @Test
    void everyWritingPostIsDoneOnceAndAnsweredTheSame() {
        String session = SetupFlow.startWithPlan(api);
        isDoneOnce(() -> api.start());
        isDoneOnce(() -> api.start().field("user_id", "re"));
        isDoneOnce(() -> api.start().field("user_id", "re").field("resume", true));
        isDoneOnce(() -> api.declaration("Once."));
        isDoneOnce(() -> api.declaration("Twice.").inSession(api.startSession()));
        isDoneOnce(() -> api.complete());
        isDoneOnce(() -> api.submit(session, "team", SetupFlow.OTHER_TEAM));
        isDoneOnce(() -> api.action(session, "steps/notes/skip"));
        isDoneOnce(() -> api.action(session, "dismiss"));
        isDoneOnce(() -> api.action(session, "reopen"));
        isDoneOnce(() -> api.action(session, "claim").field("user_id", "cl"));
        isDoneOnce(() -> api.action(session, "restart"));
        isDoneOnce(() -> api.action(api.startSessionIn("tour"), "complete"));
        isDoneOnce(() -> api.complete().inSession(api.startSessionIn("tour")));
        isDoneOnce(() -> api.cleanup().query("hours", 87600));
    }

    /** @param request creates the same request each time; the first one also creates its preconditions */
    private void isDoneOnce(Supplier<ApiClient.ApiRequest> request) {
        theKeyIsUnused();
        ApiClient.ApiRequest sent = request.get().idempotencyKey(key);
        ApiResponse first = sent.ok();
        List<String> books = books();
        ApiResponse again = sent.ok();
        assertThat(books()).isEqualTo(books);
        isReplayOf(first, again);
    }

    private static void isReplayOf(ApiResponse first, ApiResponse again) {
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.bytes()).isEqualTo(first.bytes());
        for (String header : List.of("Content-Type", "Set-Cookie", "ETag", "Cache-Control")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    }

    private List<String> books() {
        return server.database()
                .query(
                        "SELECT (SELECT count(*) FROM onboarding_sessions), (SELECT count(*) FROM onboarding_events),"
                                + " (SELECT sum(revision) FROM onboarding_sessions),"
                                + " (SELECT count(*) FROM onboarding_kblocks), (SELECT count(*) FROM onboarding_idempotency_records)");
    }

    @Test
    void repeatsTheResponseAlsoAfterLaterChanges() {
        String session = SetupFlow.startWithPlan(api);
        ApiClient.ApiRequest skip = api.action(session, "steps/notes/skip").idempotencyKey(key);
        ApiResponse first = skip.ok();
        api.submit(session, "notes", SetupFlow.NOTES).ok();
        api.action(session, "restart").ok();
        isReplayOf(first, skip.ok());
        assertThat(api.session(session).ok().text("/steps/3/answer")).isEqualTo("We begin in May.");
    }

    @Test
    void repeatsTheResponseWithItsETag() {
        String session = SetupFlow.startWithPlan(api);
        ApiClient.ApiRequest submit = api.submit(session, "team", SetupFlow.OTHER_TEAM)
                .ifMatch("\"3\"")
                .idempotencyKey(key);
        ApiResponse first = submit.ok();
        isReplayOf(first, submit.ok());
        api.submit(session, "team", SetupFlow.TEAM).ok();
        isReplayOf(first, submit.ok());
    }

    @Test
    void repeatsTheResponseOfARequestThatChangedNothing() {
        String session = SetupFlow.startWithPlan(api);
        ApiClient.ApiRequest same = api.submit(session, "team", SetupFlow.TEAM).idempotencyKey(key);
        ApiResponse first = same.ok();
        api.submit(session, "team", SetupFlow.OTHER_TEAM).ok();
        isReplayOf(first, same.ok());
        assertThat(api.session(session).ok().text("/steps/0/answer/name")).isEqualTo("Grace's");
    }

    @Test
    void rejectsADifferentRequestWithTheSameKey() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "notes", SetupFlow.NOTES).idempotencyKey(key).ok();
        for (ApiClient.ApiRequest other : List.of(
                api.submit(session, "notes", SetupFlow.MOTTO),
                api.submit(session, "notes", " " + SetupFlow.NOTES),
                api.submit(session, "motto", SetupFlow.NOTES),
                api.submit(session, "notes", SetupFlow.NOTES).query("flow", "genesis"))) {
            assertThat(other.idempotencyKey(key)
                            .expectProblem(422, "idempotency_key_reused")
                            .text("detail"))
                    .contains("new key for each request");
        }
        api.start().idempotencyKey(key).ok();
        api.start().field("flow", "tour").idempotencyKey(key).expectProblem(422, "idempotency_key_reused");
    }

    @Test
    void theSameKeyOnAnotherPathIsAnotherRequest() {
        String session = SetupFlow.startWithPlan(api);
        api.action(session, "steps/notes/skip").idempotencyKey(key).ok();
        assertThat(api.action(session, "dismiss").idempotencyKey(key).ok().text("state"))
                .isEqualTo("dismissed");
    }

    @Test
    void errorsAreNotStored() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "notes", "7").idempotencyKey(key).expectProblem(422, "invalid_answer");
        api.action(session, "complete").idempotencyKey(key).expectProblem(409, "steps_missing");
        api.submit(session, "notes", SetupFlow.NOTES)
                .ifMatch("\"1\"")
                .idempotencyKey(key)
                .expectProblem(412, "stale_revision");
        ApiResponse corrected = api.submit(session, "notes", SetupFlow.NOTES)
                .idempotencyKey(key)
                .ok();
        assertThat(corrected.header("Idempotency-Replayed")).isEmpty();
        SetupFlow.finish(api, session);
        api.action(session, "complete").idempotencyKey(key).ok();
    }

    @Test
    void aKeyBelongsToItsSession() {
        String ownSession = SetupFlow.startWithPlan(api);
        String otherSession = SetupFlow.startWithPlan(api);
        api.action(ownSession, "dismiss").idempotencyKey("one").ok();
        ApiResponse reply = api.action(otherSession, "dismiss").idempotencyKey("one").ok();
        assertThat(reply.text("session_id")).isEqualTo(otherSession);
        assertThat(reply.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void aKeyBelongsToItsUser() {
        String ownSession =
                api.start().field("user_id", "k1").idempotencyKey("one").ok().text("session_id");
        ApiResponse reply =
                api.start().field("user_id", "k2").idempotencyKey("one").ok();
        assertThat(reply.text("session_id")).isNotEqualTo(ownSession);
        assertThat(reply.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void aKeyBelongsToTheOperatorOrToTheVisitor() {
        String session = SetupFlow.startWithPlan(api);
        ApiClient.ApiRequest dismiss = api.action(session, "dismiss").idempotencyKey("one");
        dismiss.ok();
        assertThat(dismiss.operator().ok().header("Idempotency-Replayed")).isEmpty();
        assertThat(dismiss.ok().header("Idempotency-Replayed")).isPresent();
    }

    @Test
    void anAnonymousKeyMustBeAUuid() {
        for (String guessed : List.of(
                "1",
                "retry-1",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "8e03978e40d543ddbc936894a57f9324")) {
            for (ApiClient.ApiRequest request : List.of(api.start(), api.declaration("Mine."), api.complete())) {
                assertThat(request.idempotencyKey(guessed)
                                .expectInvalidField("Idempotency-Key")
                                .text("detail"))
                        .contains("UUID");
            }
        }
        api.start().idempotencyKey("\"" + UUID.randomUUID() + "\"").ok();
        api.start().operator().idempotencyKey("retry-of-the-operator").ok();
    }

    @Test
    void aRetryWorksAfterTheCookieHasChanged() {
        String session = api.startSession();
        ApiResponse restarted = current("restart", session).idempotencyKey(key).ok();
        String sessionId = restarted.cookie().orElseThrow();
        assertThat(sessionId).isNotEqualTo(session);
        isReplayOf(restarted, current("restart", sessionId).idempotencyKey(key).ok());
        assertThat(api.session(sessionId).ok().text("state")).isEqualTo("open");

        theKeyIsUnused();
        String ownSession = api.startSessionOf("moved");
        ApiResponse claimed = claim(sessionId).idempotencyKey(key).ok();
        assertThat(claimed.text("outcome")).isEqualTo("kept_target");
        assertThat(claimed.cookie()).contains(ownSession);
        isReplayOf(claimed, claim(ownSession).idempotencyKey(key).ok());
    }

    @Test
    void aRequestThatChangesTheCookieNeedsAUuid() {
        String session = api.startSession();
        current("restart", session).idempotencyKey("1").expectInvalidField("Idempotency-Key");
        claim(session).idempotencyKey("1").expectInvalidField("Idempotency-Key");
        current("dismiss", session).idempotencyKey("1").ok();
        api.action("current", "restart").inSession(session).idempotencyKey("1").ok();
    }

    private ApiClient.ApiRequest current(String what, String cookie) {
        return api.action("current", what).cookie(cookie);
    }

    private ApiClient.ApiRequest claim(String cookie) {
        return current("claim", cookie).field("user_id", "moved").field("policy", "keep_target");
    }

    @Test
    void aKeyMayBeQuoted() {
        ApiResponse first = api.start().idempotencyKey("\"" + key + "\"").ok();
        isReplayOf(first, api.start().idempotencyKey(key).ok());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "two words", "\"open", "open\"", "a\"b", "\"two words\""})
    void rejectsAnInvalidKeyAndNamesTheHeader(String text) {
        String session = SetupFlow.startWithPlan(api);
        api.action(session, "dismiss").idempotencyKey(text).expectInvalidField("Idempotency-Key");
        assertThat(api.session(session).ok().text("state")).isEqualTo("open");
    }

    @Test
    void aKeyHasAtMost255Characters() {
        String session = SetupFlow.startWithPlan(api);
        api.action(session, "dismiss").idempotencyKey("k".repeat(255)).ok();
        api.action(session, "reopen").idempotencyKey("k".repeat(256)).expectInvalidField("Idempotency-Key");
        api.action(session, "reopen")
                .idempotencyKey("one")
                .idempotencyKey("two")
                .expectInvalidField("Idempotency-Key");
    }

    @Test
    void storedResponsesAreDeletedWithTheirSession() {
        ApiClient.ApiRequest start = api.start().idempotencyKey(key);
        ApiResponse first = start.ok();
        server.database().execute("UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000'");
        api.cleanup().ok();
        assertThat(server.database()
                        .query("SELECT id FROM onboarding_idempotency_records WHERE session_id = '"
                                + first.text("session_id") + "'"))
                .isEmpty();
        ApiResponse again = start.ok();
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.text("session_id")).isNotEqualTo(first.text("session_id"));
    }
}
