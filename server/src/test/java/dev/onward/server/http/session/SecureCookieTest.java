package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of cookies over HTTPS and over plain HTTP, and how one replaces the other. */
@OnOneDatabase
class SecureCookieTest extends HttpTest {
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PLAIN = "onward_genesis=";
    private static final String SECURE = "__Host-onward_genesis=";

    private static ApiClient.ApiRequest https(ApiClient.ApiRequest request) {
        return request.header(PROTO, "https");
    }

    private static List<String> cookies(ApiResponse reply) {
        return reply.headers().get("Set-Cookie");
    }

    private ApiClient.ApiRequest current(String cookie) {
        return api.session("current").header("Cookie", cookie);
    }

    /** A cookie with this prefix must be Secure, have the path / and no domain. */
    @Test
    void hasTheHostPrefixOverHttps() {
        ApiResponse reply = https(api.start()).ok();
        assertThat(cookies(reply))
                .singleElement()
                .asString()
                .startsWith(SECURE + reply.text("session_id") + ";")
                .contains("Secure", "Path=/", "HttpOnly", "SameSite=Lax")
                .doesNotContainIgnoringCase("domain");
        assertThat(current(SECURE + reply.text("session_id")).ok().text("session_id"))
                .isEqualTo(reply.text("session_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto | HTTPS",
                "X-Forwarded-Proto | https, http",
                "Forwarded | for=192.0.2.60;proto=https;by=203.0.113.43",
                "Forwarded | Proto=\"https\", for=10.0.0.1;proto=http",
            })
    void trustsATrustedProxy(String header, String value) {
        assertThat(cookies(api.start().header(header, value).ok()).getFirst()).startsWith(SECURE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto | http",
                "X-Forwarded-Proto | http, https",
                "X-Forwarded-Proto | httpsx",
                "Forwarded | for=192.0.2.60;proto=http",
                "Forwarded | for=\"proto=https\"",
            })
    void hasNoPrefixOverPlainHttp(String header, String value) {
        assertThat(cookies(api.start().header(header, value).ok()))
                .singleElement()
                .asString()
                .startsWith(PLAIN)
                .doesNotContain("Secure");
    }

    @Test
    void ignoresHeadersOfAnUntrustedProxy() {
        try (TestServer server = TestServer.with(
                DatabaseKind.SQLITE,
                new AccessPolicy(Mode.PUBLIC, OperatorKey.of(TestServer.KEY), new TrustedProxies(List.of())))) {
            assertThat(cookies(https(server.api().start()).ok()))
                    .singleElement()
                    .asString()
                    .startsWith(PLAIN);
        }
    }

    @Test
    void readsAndReplacesThePlainName() {
        String session = api.startSession();
        for (ApiClient.ApiRequest use :
                List.of(current(PLAIN + session), api.status().header("Cookie", PLAIN + session))) {
            ApiResponse reply = https(use).ok();
            assertThat(reply.text("session_id")).isEqualTo(session);
            assertThat(cookies(reply)).hasSize(2);
            assertThat(cookies(reply).get(0)).startsWith(SECURE + session + ";");
            assertThat(cookies(reply).get(1)).startsWith(PLAIN + ";").contains("Expires=Thu, 01 Jan 1970");
        }
    }

    @Test
    void ignoresAPlainCookieBesideAPrefixedOne() {
        String session = api.startSession();
        String plantedCookie = api.startSession();
        ApiResponse reply =
                https(current(PLAIN + plantedCookie + "; " + SECURE + session)).ok();
        assertThat(reply.text("session_id")).isEqualTo(session);
        assertThat(cookies(reply).get(1)).startsWith(PLAIN + ";");
    }

    @Test
    void anotherSessionReplacesBothNames() {
        String session = api.startSession();
        ApiResponse restarted = https(api.action("current", "restart"))
                .header("Cookie", PLAIN + session)
                .ok();
        assertThat(cookies(restarted).get(0)).startsWith(SECURE + restarted.text("session_id"));
        assertThat(cookies(restarted).get(1)).startsWith(PLAIN + ";");

        ApiResponse plain = api.action("current", "restart")
                .header("Cookie", SECURE + restarted.text("session_id"))
                .ok();
        assertThat(cookies(plain).get(0)).startsWith(PLAIN + plain.text("session_id"));
        assertThat(cookies(plain).get(1)).startsWith(SECURE + ";").contains("Secure");
    }

    @Test
    void isIgnoredFromOtherSitesPages() {
        api.complete()
                .header("Cookie", SECURE + api.startSession())
                .header("Sec-Fetch-Site", "cross-site")
                .expectProblem(403, "origin_not_allowed");
    }
}
