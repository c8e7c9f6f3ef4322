package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.session.OnboardingException.StoreFailed;
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

    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<String> secrets = new ArrayList<>(List.of(DECLARATION, USER, Site.KEY));

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
            knockWhereNobodyIs(session);
            broken.set(true);
            api.status().inSession(session).refused(500, "internal");
            broken.set(false);

            assertThat(log.text())
                    .contains(AccessLog.class.getName(), "/api/kblocks/{id}", "23505")
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
