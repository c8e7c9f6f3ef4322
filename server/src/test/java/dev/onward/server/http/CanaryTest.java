package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OnboardingException.StoreFailed;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever holds a session's id may use the session, so no log and no metric holds one. */
@OnEachDatabase
class CanaryTest extends HttpTest {
    private static final String DECLARATION = "canary-declaration: nobody's business.";
    private static final String USER = "canary-user";
    private static final String NOTES = "canary-notes: not for the log.";
    private static final String TEAM = "Canary-team";
    private static final String KEY = "canary-key";

    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<String> secrets = new ArrayList<>(List.of(DECLARATION, USER, NOTES, TEAM, KEY, Site.KEY));

    @Override
    Site site(DatabaseKind kind) {
        return Site.behind(kind, real -> new StoreUnderTest(real, this::breakWithTheData));
    }

    private boolean breakWithTheData() {
        if (broken.get()) {
            throw new StoreFailed(new SQLException("row with " + secrets, "23505", new SQLException("" + secrets)));
        }
        return true;
    }

    @Test
    void noLogAndNoMetricHoldsASessionsIdOrWhatWasDeclared() {
        try (Log log = new Log()) {
            String session = api.startedBy(USER);
            secrets.add(session);
            walkThrough(session);
            walkThroughSteps();
            knockWhereNobodyIs(session);
            broken.set(true);
            api.status().inSession(session).refused(500, "internal");
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
        Reply declared =
                api.declaration(DECLARATION).field("session_id", session).ok();
        secrets.add(declared.text("kblock_id"));
        api.get("/api/kblocks/" + declared.text("kblock_id")).inSession(session).ok();
        api.declaration(DECLARATION + " Or not?").inSession(session).refused(409, "already_declared");
        api.complete().query("session_id", session).ok();
        api.sessions().query("user_id", USER).ok();
        api.get("/api/users/" + USER + "/profile").operator().ok();
        api.cleanup().ok();
    }

    private void walkThroughSteps() {
        String session = api.startedIn(Setup.FLOW);
        secrets.add(session);
        String team = "{\"name\": \"" + TEAM + "\", \"size\": 1}";
        api.submit(session, "team", team).keyed(KEY).ok();
        api.submit(session, "team", team).keyed(KEY).ok();
        api.submit(session, "team", "{}").keyed(KEY).refused(422, "idempotency_key_reused");
        api.submit(session, "team", "{}").keyed(KEY + " " + KEY).refusedFor("Idempotency-Key");
        api.submit(session, "team", team).ifMatch("\"7\"").refused(412, "stale_revision");
        api.submit(session, "plan", "\"" + NOTES + "\"").refused(422, "invalid_answer");
        api.submit(session, "plan", Setup.FREE).ok();
        api.submit(session, "notes", "\"" + NOTES + "\"").ok();
        api.submit(session, NOTES.replace(" ", "%20"), "{}").refused(404, "step_not_found");
        api.submit(session, "notes", "\"" + NOTES + "\" nonsense").refused(400, "malformed_json");
        api.act(session, "steps/notes/skip").ok();
        api.act(session, "dismiss").ok();
        api.act(session, "reopen").ok();
        api.act(session, "complete").refused(409, "steps_missing");
        api.act(session, "claim").field("user_id", USER).keyed(KEY).ok();
        String cursor = api.events(session).query("limit", 1).ok().text("next_cursor");
        api.events("current").inSession(session).query("cursor", cursor).ok();
        secrets.add(api.act(session, "restart").keyed(KEY).ok().text("session_id"));
        api.session(session).ok();
        broken.set(true);
        api.submit(session, "team", team).keyed(KEY).refused(500, "internal");
        broken.set(false);
    }

    private void knockWhereNobodyIs(String session) {
        api.get("/nowhere/" + session).query("session_id", session).refused(404, "not_found");
        api.request("DELETE", "/api/kblocks/" + session).refused(405, "method_not_allowed");
        api.get("/api/kblocks/" + session).inSession(session).refused(404, "kblock_not_found");
        api.status().query("session_id", session + "x".repeat(60)).refusedFor("session_id");
        api.status().query("session_id", session).inSession("another").refusedFor("session_id");
        api.start().json("{\"session_id\": \"" + session + "\" nonsense").refused(400, "malformed_json");
        new Raw(site.port()).send("GET /%zz?session_id=" + session + " HTTP/1.1", "Host: localhost");
        new Raw(site.port()).send("GET /" + session + "/" + "a".repeat(5000) + " HTTP/1.1", "Host: localhost");
    }
}
