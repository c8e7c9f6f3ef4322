package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.CorsPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins. */
@OnOneDatabase
class CorsTest extends HttpTest {
    private static final String APP = "https://app.example.com";
    private static final String START = "/api/onboarding/start";

    @Override
    public TestServer server(DatabaseKind kind) {
        return server(kind, false);
    }

    private static TestServer server(DatabaseKind kind, boolean credentials) {
        return TestServer.with(
                kind,
                new AccessPolicy(
                        Mode.PUBLIC,
                        OperatorKey.of(TestServer.KEY),
                        TrustedProxies.LOOPBACK,
                        Optional.empty(),
                        new CorsPolicy(Set.of(APP, "http://localhost:3000"), credentials)));
    }

    private static ApiClient.ApiRequest preflight(ApiClient api, String origin) {
        return api.request("OPTIONS", START)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type");
    }

    @Test
    void aPreflightFromAListedOriginIsAnsweredWithoutASession() {
        ApiResponse allowed = preflight(api, APP).send().is(204);
        assertThat(allowed.header("Access-Control-Allow-Origin")).contains(APP);
        assertThat(allowed.header("Access-Control-Allow-Methods").orElseThrow()).contains("POST");
        assertThat(allowed.header("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Onboarding-Session");
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(allowed.header("Vary")).contains("Origin");
        assertThat(allowed.cookie()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.example",
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com:444",
                "null"
            })
    void otherOriginsGetNothing(String origin) {
        ApiResponse preflight = preflight(api, origin).expectProblem(403, "origin_not_allowed");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        ApiResponse start = api.post(START).header("Origin", origin).expectProblem(403, "origin_not_allowed");
        assertThat(start.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(start.header("Vary")).contains("Origin");
    }

    @Test
    void aListedOriginStartsASessionAndReadsTheResponse() {
        ApiResponse start = api.post(START).header("Origin", APP).ok();
        assertThat(start.header("Access-Control-Allow-Origin")).contains(APP);
        assertThat(start.header("Access-Control-Expose-Headers").orElseThrow())
                .contains("ETag", "Retry-After", "X-Request-Id");
        api.session(start.text("session_id")).header("Origin", APP).ok();
    }

    @Test
    void aListedOriginReadsProblemsToo() {
        ApiResponse missing = api.session("nowhere").header("Origin", APP).expectProblem(404, "session_not_found");
        assertThat(missing.header("Access-Control-Allow-Origin")).contains(APP);
    }

    @Test
    void cookiesOfAListedOriginNeedCredentials() {
        String session = api.startSession();
        api.action("current", "dismiss")
                .cookie(session)
                .header("Origin", APP)
                .header("Sec-Fetch-Site", "cross-site")
                .expectProblem(403, "origin_not_allowed");
        try (TestServer trusting = server(DatabaseKind.SQLITE, true)) {
            String other = trusting.api().startSession();
            ApiResponse dismissed = trusting.api()
                    .action("current", "dismiss")
                    .cookie(other)
                    .header("Origin", APP)
                    .header("Sec-Fetch-Site", "same-site")
                    .ok();
            assertThat(dismissed.header("Access-Control-Allow-Credentials")).contains("true");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "app.example.com",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://*.example.com",
                "https://user@app.example.com",
                "ftp://app.example.com",
                "https://APP.example.com",
                "https://a.example.com,,https://b.example.com"
            })
    void onlyExactOriginsCanBeListed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.parse(text));
        assertThat(CorsPolicy.parse(APP + ", http://localhost:3000")).hasSize(2);
    }
}
