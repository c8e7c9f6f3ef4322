package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.OpenApiDescription;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.OnOneDatabase;
import dev.onward.web.Routes;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.route.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protection against other sites' pages. */
@OnOneDatabase
class BrowserGuardTest extends HttpTest {
    private RawHttp raw;

    @BeforeEach
    void connect() {
        raw = new RawHttp(server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.9.9.9:65535",
                "[::1]",
                "[::1]:8080"
            })
    void aLoopbackServerAcceptsLoopbackHosts(String host) {
        assertThat(get("/api/onboarding/status", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onward.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "0.0.0.0",
                "192.168.0.1",
                "1270.0.0.1",
                "[::]",
                "localhost."
            })
    void aLoopbackServerRejectsOtherHosts(String host) {
        for (String path : List.of("/api/onboarding/status", "/onboarding", "/metrics", "/health/live", "/nowhere")) {
            ApiResponse reply = get(path, host);
            OpenApiDescription.check("GET", path, reply);
            reply.isProblem(403, "host_not_allowed");
        }
    }

    @Test
    void aPublicServerAcceptsAnyHost() {
        try (TestServer open = TestServer.open(kind)) {
            ApiResponse reply = new RawHttp(open.port()).send("GET /onboarding HTTP/1.1", "Host: onward.example");
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://localhost:8080", "HTTP://LOCALHOST:8080"})
    void onwardsOwnPagesMayWrite(String origin) {
        assertThat(start("localhost:8080", "Origin: " + origin).status()).isEqualTo(200);
    }

    @Test
    void theDefaultPortOfASchemeMayBeOmitted() {
        assertThat(start("localhost:80", "Origin: http://localhost").status()).isEqualTo(200);
        assertThat(start("localhost:443", "Origin: https://localhost").status()).isEqualTo(200);
        assertThat(start("localhost:443", "Origin: http://localhost").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "http://localhost:8081",
                "http://localhost",
                "http://localhost:8080.evil.example",
                "http://evil.example/localhost:8080",
                "localhost:8080",
                "file://"
            })
    void otherSitesPagesMayNotWrite(String origin) {
        server.empty();
        ApiResponse reply = start("localhost:8080", "Origin: " + origin);
        OpenApiDescription.check("POST", "/api/onboarding/start", reply);
        reply.isProblem(403, "origin_not_allowed");
        assertThat(api.sessions().ok().at("sessions")).isEmpty();
    }

    @Test
    void noWritingRouteAcceptsAForeignOrigin() {
        String session = SetupFlow.startWithPlan(api);
        List<Route> changing = routes().stream()
                .filter(route -> route.verb() != Route.Verb.GET)
                .toList();
        assertThat(changing).hasSizeGreaterThan(10);
        for (Route route : changing) {
            String path = path(route, session);
            ApiResponse reply = raw.send(
                    route.verb() + " " + path + " HTTP/1.1",
                    "Host: localhost:8080",
                    "Origin: https://evil.example",
                    "Onboarding-Session: " + session,
                    "Content-Length: 0");
            OpenApiDescription.check(route.verb().name(), path, reply);
            reply.isProblem(403, "origin_not_allowed");
        }
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(3);
    }

    @Test
    void noRouteAcceptsAForeignHost() {
        String session = api.startSession();
        for (Route route : routes()) {
            String method = route.verb().name();
            String path = path(route, session);
            ApiResponse reply =
                    raw.send(method + " " + path + " HTTP/1.1", "Host: onward.example", "Content-Length: 0");
            OpenApiDescription.check(method, path, reply);
            reply.isProblem(403, "host_not_allowed");
        }
    }

    private List<Route> routes() {
        return Routes.of(server.services(), new AccessPolicy(Mode.LOCAL, OperatorKey.unknown()));
    }

    private static String path(Route route, String session) {
        return route.pattern()
                .replace("{id}", session)
                .replace("{step}", "team")
                .replaceAll("\\{[^}]+}", "x");
    }

    @Test
    void aProgramWithoutOriginMayWrite() {
        assertThat(start("localhost:8080").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aCookieFromAnotherSitesPageIsIgnored(String from) {
        String session = api.startSession();
        api.complete().cookie(session).header("Sec-Fetch-Site", from).expectProblem(403, "origin_not_allowed");
        assertThat(api.status().inSession(session).ok().text("current_step")).isEqualTo("started");
        api.complete().inSession(session).header("Sec-Fetch-Site", from).ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void aCookieFromOnwardsOwnPageCounts(String from) {
        api.complete().cookie(api.startSession()).header("Sec-Fetch-Site", from).ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/onboarding",
                "/api/onboarding/status",
                "/api/onboarding/sessions",
                "/health/live",
                "/metrics",
                "/openapi.yaml",
                "/web/shared/base.css",
                "/nowhere",
                "/api/onboarding/start"
            })
    void everyResponseHasSecurityHeaders(String path) {
        ApiResponse reply = api.get(path).send();
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
                        + " frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
        assertThat(reply.header("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void apiResponsesAreNotCached() {
        String session = api.startSession();
        assertThat(api.start().ok().header("Cache-Control")).contains("no-store");
        assertThat(api.status().inSession(session).ok().header("Cache-Control")).contains("no-store");
        assertThat(api.status().query("session_id", "x").send().header("Cache-Control"))
                .contains("no-store");
        assertThat(api.get("/metrics").ok().header("Cache-Control")).contains("no-store");
    }

    private ApiResponse get(String path, String host) {
        return raw.send("GET " + path + " HTTP/1.1", "Host: " + host);
    }

    private ApiResponse start(String host, String... headers) {
        List<String> lines = new ArrayList<>(List.of("POST /api/onboarding/start HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(headers));
        lines.add("Content-Length: 0");
        return raw.send(lines.toArray(String[]::new));
    }
}
