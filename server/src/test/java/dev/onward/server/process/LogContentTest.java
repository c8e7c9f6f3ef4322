package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log must and must not contain at its finest level. */
@OnOneDatabase
class LogContentTest {
    private static final String KEY = "canary-key-0123456789abcdef012345";
    private static final String USER = "canary-user";
    private static final String DECLARATION = "I believe in canaries.";

    private final TestDatabase database;

    LogContentTest(DatabaseKind kind) {
        this.database = TestDatabase.migrated(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void containsNoIdNoKeyAndNoAnswer() throws IOException {
        List<String> secrets = new ArrayList<>(List.of(KEY, USER, DECLARATION));
        try (ServerProcess server = ServerProcess.start(
                        Map.of("ONWARD_OPERATOR_KEY", KEY), database.jdbcUrl(), "--log-level", "debug");
                HttpApi api = new HttpApi(server.address())) {
            secrets.addAll(everythingASessionIsNamedIn(api));
            String metrics = api.get("/metrics").response().body();

            assertThat(metrics).contains("onward_http_requests").doesNotContain(secrets);
            server.terminate();
            server.awaitEnd();
            assertThat(server.log()).contains("answered").doesNotContain(secrets);
            assertThat(server.out()).doesNotContain(secrets);
        }
    }

    @Test
    void isOneJsonObjectPerLineInJsonFormat() throws IOException {
        try (ServerProcess server =
                        ServerProcess.start(database.jdbcUrl(), "--log-level", "debug", "--log-format", "json");
                HttpApi api = new HttpApi(server.address())) {
            List<String> secrets = everythingASessionIsNamedIn(api);
            server.terminate();
            server.awaitEnd();

            List<JsonNode> lines = server.log()
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
            assertThat(lines).anyMatch(line -> line.path("level").asString().equals("INFO"));
            assertThat(server.log()).contains("request_id").doesNotContain(secrets);
        }
    }

    /** @return ids that the log must not contain */
    private static List<String> everythingASessionIsNamedIn(HttpApi api) throws IOException {
        String operator = "Bearer " + KEY;
        String session = api.start(USER).text("session_id");
        String kblock = api.declare(session, DECLARATION).text("kblock_id");
        api.declare(session, DECLARATION + " Or do I?");
        api.status(session);
        api.get("/api/onboarding/status", "Onboarding-Session", session);
        api.get("/api/onboarding/status", "Cookie", "onward_genesis=" + session);
        api.get("/api/onboarding/status?session_id=" + session, "Onboarding-Session", kblock);
        api.get("/api/onboarding/status?user_id=" + USER);
        api.get("/api/onboarding/nothing/" + session);
        api.get("/" + session);
        api.get("/api/kblocks/" + kblock + "?session_id=" + session);
        api.get("/api/kblocks/" + session);
        api.get("/api/users/" + USER + "/profile", "Authorization", operator);
        api.get("/api/onboarding/sessions?user_id=" + USER, "Authorization", operator);
        api.post("/api/onboarding/start", Map.of("user_id", USER, "resume", true));
        api.post("/api/onboarding/start", Map.of("user_id", session + session));
        api.post("/api/onboarding/start", Map.of("flow", session));
        api.complete(session);
        api.post("/api/onboarding/cleanup?hours=24", Map.of(), "Authorization", operator);
        return List.of(session, kblock);
    }
}
