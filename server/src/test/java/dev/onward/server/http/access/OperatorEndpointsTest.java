package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints for the operator only, also in mode local. */
@OnEachDatabase
class OperatorEndpointsTest extends HttpTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/onboarding/cleanup",
        "GET,  /api/onboarding/sessions",
        "GET,  /api/onboarding/analytics",
        "HEAD, /api/onboarding/sessions"
    })
    void acceptsTheKeyAsABearerToken(String method, String path) {
        ApiResponse none = api.request(method, path).send().is(401);
        assertThat(none.header("WWW-Authenticate")).contains("Bearer");
        api.request(method, path)
                .header("Authorization", "Bearer not-the-key-of-the-operator-at-all")
                .send()
                .is(401);
        api.request(method, path)
                .header("Authorization", "Basic " + TestServer.KEY)
                .send()
                .is(401);
        api.request(method, path).header("Authorization", TestServer.KEY).send().is(401);
        api.request(method, path).header("Authorization", "Bearer").send().is(401);
        api.request(method, path)
                .header("Authorization", "bearer  " + TestServer.KEY)
                .send()
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/onboarding/sessions", "/api/onboarding/analytics"})
    void namesTheActionThatNeedsTheKey(String path) {
        assertThat(api.get(path).expectProblem(401, "operator_key_required").text("detail"))
                .contains("Authorization: Bearer")
                .doesNotContain(TestServer.KEY);
    }

    @Test
    void deletesNothingWithoutTheKey() {
        server.database().execute("""
                        INSERT INTO onboarding_sessions (id, current_step, completed, created_at)
                        VALUES ('kept', 'started', false, '2020-01-01 00:00:00.000000')
                        """);
        api.post("/api/onboarding/cleanup").expectProblem(401, "operator_key_required");
        api.status().query("session_id", "kept").ok();
    }

    @Test
    void hidesProfilesFromOthers() {
        api.get("/api/users/ada/profile").expectProblem(404, "profile_not_found");
        api.get("/api/users/ada/profile")
                .header("Authorization", "Bearer wrong")
                .expectProblem(404, "profile_not_found");
        api.get("/api/users/ada/profile").operator().ok();
    }

    @Test
    void withoutAConfiguredKeyExplainsHowToSetOne() {
        try (TestServer keyless =
                TestServer.with(DatabaseKind.SQLITE, new AccessPolicy(Mode.LOCAL, OperatorKey.unknown()))) {
            ApiResponse reply = keyless.api().sessions().expectProblem(401, "operator_key_required");
            assertThat(reply.text("detail")).contains("ONWARD_OPERATOR_KEY", "32");
            keyless.api().get("/api/users/ada/profile").operator().expectProblem(404, "profile_not_found");
            keyless.api()
                    .get("/api/onboarding/sessions")
                    .header("Authorization", "Bearer ")
                    .expectProblem(401, "operator_key_required");
        }
    }
}
