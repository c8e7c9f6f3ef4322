package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import org.junit.jupiter.api.Test;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
@OnEachDatabase
class HealthTest extends HttpTest {

    @Test
    void isReadyWhenEveryPartIs() {
        assertThat(api.get("/health/live").ok().json().toString()).isEqualTo("{\"status\":\"up\"}");
        ApiResponse ready = api.get("/health/ready").ok();
        assertThat(ready.text("status")).isEqualTo("up");
        assertThat(ready.at("parts").valueStream())
                .extracting(part -> part.get("name").stringValue())
                .contains("server", "database", "listener");
        assertThat(ready.at("parts").valueStream())
                .allSatisfy(part -> assertThat(part.get("ready").booleanValue()).isTrue());
    }

    @Test
    void isLiveAndNotReadyWhileItStops() {
        try (TestServer stopping = TestServer.local(DatabaseKind.SQLITE)) {
            stopping.readiness().drain();
            ApiResponse ready = stopping.api().get("/health/ready").send().is(503);
            assertThat(ready.text("status")).isEqualTo("down");
            assertThat(ready.header("Retry-After")).isPresent();
            stopping.api().get("/health/live").ok();
            assertThat(stopping.api().start().ok().header("Connection")).contains("close");
        }
    }

    @Test
    void metricsCountRequestsByTheirRouteAndNeverByTheirPath() {
        String session = api.startSession();
        ApiResponse declared =
                api.declaration("A thing to keep.").inSession(session).ok();
        api.get("/api/kblocks/" + declared.text("kblock_id")).inSession(session).ok();
        api.get("/nowhere/" + session).expectProblem(404, "not_found");
        api.request("BREW", "/api/onboarding/start").expectProblem(405, "method_not_allowed");
        String metrics = api.get("/metrics").ok().body();
        assertThat(metrics)
                .contains(
                        "onward_http_requests_seconds_count{method=\"POST\",route=\"/api/onboarding/start\",status=\"200\"}")
                .contains("route=\"/api/kblocks/{id}\"")
                .contains("method=\"GET\",route=\"(none)\",status=\"404\"")
                .contains("method=\"OTHER\"")
                .doesNotContain(session, declared.text("kblock_id"), "nowhere", "BREW");
    }

    @Test
    void metricsNeedNoKeyInModeLocal() {
        assertThat(api.get("/metrics").ok().header("Content-Type").orElseThrow())
                .startsWith("text/plain");
    }
}
