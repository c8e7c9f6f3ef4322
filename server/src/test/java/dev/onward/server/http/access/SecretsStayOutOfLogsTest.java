package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OnboardingException.StoreFailed;
import dev.onward.server.http.AccessLog;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.InterceptedStore;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A session's id gives access to the session, so no log and no metric contains one. */
@OnEachDatabase
@Isolated
class SecretsStayOutOfLogsTest extends HttpTest {
    private static final String DECLARATION = "canary-declaration: nobody's business.";
    private static final String USER = "canary-user";
    private static final String NOTES = "canary-notes: not for the log.";
    private static final String TEAM = "Canary-team";
    private static final String KEY = "canary-key";

    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<String> secrets = new ArrayList<>(List.of(DECLARATION, USER, NOTES, TEAM, KEY, TestServer.KEY));

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.withStore(kind, real -> new InterceptedStore(real, this::breakWithTheData));
    }

    private boolean breakWithTheData() {
        if (broken.get()) {
            throw new StoreFailed(new SQLException("row with " + secrets, "23505", new SQLException("" + secrets)));
        }
        return true;
    }

    @Test
    void noLogAndNoMetricContainsASessionIdOrADeclaration() {
        try (CapturedLog log = new CapturedLog()) {
            String session = api.startSessionOf(USER);
            secrets.add(session);
            walkThrough(session);
            walkThroughSteps();
            requestUnknownPaths(session);
            broken.set(true);
            api.status().inSession(session).expectProblem(500, "internal");
            broken.set(false);

            assertThat(log.text())
                    .contains(
                            AccessLog.class.getName(),
                            "/api/kblocks/{id}",
                            "/api/onboarding/sessions/{id}/steps/{step}/skip",
                            "23505")
                    .doesNotContain(secrets.toArray(String[]::new));
            assertThat(api.get("/metrics").ok().body()).doesNotContain(secrets.toArray(String[]::new));
        }
    }

    private void walkThrough(String session) {
        api.start().field("user_id", USER).field("resume", true).ok();
        api.status().query("session_id", session).ok();
        api.status().inSession(session).ok();
        api.status().cookie(session).ok();
        api.status().query("user_id", USER).ok();
        ApiResponse declared =
                api.declaration(DECLARATION).field("session_id", session).ok();
        secrets.add(declared.text("kblock_id"));
        api.get("/api/kblocks/" + declared.text("kblock_id")).inSession(session).ok();
        api.declaration(DECLARATION + " Or not?").inSession(session).expectProblem(409, "already_declared");
        api.complete().query("session_id", session).ok();
        api.sessions().query("user_id", USER).ok();
        api.get("/api/users/" + USER + "/profile").operator().ok();
        api.cleanup().ok();
    }

    private void walkThroughSteps() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        secrets.add(session);
        String team = "{\"name\": \"" + TEAM + "\", \"size\": 1}";
        api.submit(session, "team", team).idempotencyKey(KEY).ok();
        api.submit(session, "team", team).idempotencyKey(KEY).ok();
        api.submit(session, "team", "{}").idempotencyKey(KEY).expectProblem(422, "idempotency_key_reused");
        api.submit(session, "team", "{}").idempotencyKey(KEY + " " + KEY).expectInvalidField("Idempotency-Key");
        api.submit(session, "team", team).ifMatch("\"7\"").expectProblem(412, "stale_revision");
        api.submit(session, "plan", "\"" + NOTES + "\"").expectProblem(422, "invalid_answer");
        api.submit(session, "plan", SetupFlow.FREE).ok();
        api.submit(session, "notes", "\"" + NOTES + "\"").ok();
        api.submit(session, NOTES.replace(" ", "%20"), "{}").expectProblem(404, "step_not_found");
        api.submit(session, "notes", "\"" + NOTES + "\" nonsense").expectProblem(400, "malformed_json");
        api.action(session, "steps/notes/skip").ok();
        api.action(session, "dismiss").ok();
        api.action(session, "reopen").ok();
        api.action(session, "complete").expectProblem(409, "steps_missing");
        api.action(session, "claim").field("user_id", USER).idempotencyKey(KEY).ok();
        String cursor = api.events(session).query("limit", 1).ok().text("next_cursor");
        api.events("current").inSession(session).query("cursor", cursor).ok();
        secrets.add(api.action(session, "restart").idempotencyKey(KEY).ok().text("session_id"));
        api.session(session).ok();
        broken.set(true);
        api.submit(session, "team", team).idempotencyKey(KEY).expectProblem(500, "internal");
        broken.set(false);
    }

    private void requestUnknownPaths(String session) {
        api.get("/nowhere/" + session).query("session_id", session).expectProblem(404, "not_found");
        api.request("DELETE", "/api/kblocks/" + session).expectProblem(405, "method_not_allowed");
        api.get("/api/kblocks/" + session).inSession(session).expectProblem(404, "kblock_not_found");
        api.status().query("session_id", session + "x".repeat(60)).expectInvalidField("session_id");
        api.status().query("session_id", session).inSession("another").expectInvalidField("session_id");
        api.start().json("{\"session_id\": \"" + session + "\" nonsense").expectProblem(400, "malformed_json");
        new RawHttp(server.port()).send("GET /%zz?session_id=" + session + " HTTP/1.1", "Host: localhost");
        new RawHttp(server.port()).send("GET /" + session + "/" + "a".repeat(5000) + " HTTP/1.1", "Host: localhost");
    }
}
