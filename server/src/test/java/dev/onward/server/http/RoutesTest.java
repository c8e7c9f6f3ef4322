package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnOneDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of the API and their methods. */
@OnOneDatabase
class RoutesTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/api",
                "/api/onboarding",
                "/api/onboarding/nowhere",
                "/api/onboarding/status/",
                "/API/onboarding/status",
                "/api/kblocks",
                "/api/kblocks/",
                "/api/kblocks/a/b",
                "/api%2Fkblocks/a",
                "/api/users/ada%2Fprofile",
                "/api/users/ada",
                "/health",
                "/web/",
                "/web/..%2fopenapi.yaml",
                "/web/onboarding",
                "/web/nowhere.js",
                "/webjars/nowhere/1.0/a.js"
            })
    void anUnknownPathIs404(String path) {
        api.get(path).operator().expectProblem(404, "not_found");
        api.request("DELETE", path.startsWith("/web") ? "/nowhere" : path).expectProblem(404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /api/onboarding/start,             POST",
        "HEAD,    /api/onboarding/start,             POST",
        "PUT,     /api/onboarding/first-declaration, POST",
        "PATCH,   /api/onboarding/complete,          POST",
        "DELETE,  /api/onboarding/cleanup,           POST",
        "GET,     /api/onboarding/cleanup,           POST",
        "POST,    /api/onboarding/status,            'GET, HEAD'",
        "DELETE,  /api/onboarding/sessions,          'GET, HEAD'",
        "POST,    /api/onboarding/analytics,         'GET, HEAD'",
        "DELETE,  /api/kblocks/some,                 'GET, HEAD'",
        "PUT,     /api/users/ada/profile,            'GET, HEAD'",
        "POST,    /health/live,                      'GET, HEAD'",
        "POST,    /metrics,                          'GET, HEAD'",
        "POST,    /openapi.yaml,                     'GET, HEAD'",
        "OPTIONS, /api/onboarding/start,             POST",
        "BREW,    /api/onboarding/start,             POST",
        "POST,    /,                                 'GET, HEAD'",
        "DELETE,  /onboarding,                       'GET, HEAD'",
        "POST,    /web/shared/base.css,              'GET, HEAD'"
    })
    void aKnownPathWithAnotherMethodIs405WithWhatIsAllowed(String method, String path, String allowed) {
        ApiResponse reply = api.request(method, path).send().is(405);
        assertThat(reply.header("Allow")).contains(allowed);
        if (!method.equals("HEAD")) {
            reply.isProblem(405, "method_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/onboarding/status",
                "/api/onboarding/sessions",
                "/health/live",
                "/health/ready",
                "/openapi.yaml",
                "/onboarding",
                "/web/shared/base.css"
            })
    void headHasTheHeadersOfGetWithoutTheBody(String path) {
        ApiResponse get = api.get(path).operator().ok();
        ApiResponse head = api.request("HEAD", path).operator().ok();
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("Content-Length")).contains(Integer.toString(get.bytes().length));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    }

    @Test
    void everyResponseHasItsOwnRequestId() {
        String one = api.get("/health/live").ok().header("X-Request-Id").orElseThrow();
        String other = api.get("/health/live")
                .header("X-Request-Id", "mine")
                .ok()
                .header("X-Request-Id")
                .orElseThrow();
        assertThat(other).isNotEqualTo(one).isNotEqualTo("mine");
    }
}
