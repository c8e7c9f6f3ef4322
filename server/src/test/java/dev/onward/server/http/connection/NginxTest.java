package dev.onward.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.Nginx;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx before a server in mode public, configured with {@code docs/nginx.conf}. */
@Tag("sqlite")
class NginxTest {
    @TempDir
    private Path folder;

    private TestServer server;
    private Nginx nginx;
    private ApiClient api;

    @BeforeEach
    void open() {
        server = TestServer.open(DatabaseKind.SQLITE);
        nginx = Nginx.before(server.port(), folder);
        api = new ApiClient(nginx.port());
    }

    @AfterEach
    void close() {
        nginx.close();
        server.close();
    }

    @Test
    void aUserCompletesTheOnboarding() {
        ApiResponse started = api.start().ok();
        String session = started.cookie().orElseThrow();
        assertThat(session).isEqualTo(started.text("session_id"));
        api.declaration("What is made with care outlives its tools.")
                .cookie(session)
                .ok();
        ApiResponse status = api.status().cookie(session).ok();
        assertThat(status.at("completed").booleanValue()).isTrue();
        assertThat(status.header("ETag")).isPresent();
        api.get("/api/onboarding/sessions/current")
                .query("optional", true)
                .send()
                .is(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/ready", "/onboarding", "/web/onboarding/onboarding.js", "/openapi.yaml"})
    void servesPagesAndHealth(String path) {
        api.get(path).ok();
        api.request("HEAD", path).ok();
    }

    @Test
    void aBrowsersPageMayWrite() {
        api.start().header("Origin", "http://127.0.0.1:" + nginx.port()).ok();
        api.start().header("Origin", "https://other.example").expectProblem(403, "origin_not_allowed");
    }

    @Test
    void aClientCannotPretendToUseHttps() {
        ApiResponse started = api.start().header("X-Forwarded-Proto", "https").ok();
        assertThat(started.headers().get("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("onward_genesis=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team%2Fkim", "%2E%2E", "a%2F%2Fb", "100%25", "a%20b"})
    void keepsAnEncodedIdAsSent(String encoded) {
        ApiResponse profile =
                api.get("/api/users/" + encoded + "/profile").operator().ok();
        assertThat(profile.text("user_id")).isEqualTo(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }

    @Test
    void onwardRejectsABodyAboveTheLimit() {
        String declaration = "x".repeat(10_000);
        api.declaration(declaration).inSession(api.startSession()).ok();
        api.start().field("other", "x".repeat(60_000)).ok();
        api.start().field("other", "x".repeat(70_000)).expectProblem(413, "too_large");
    }
}
