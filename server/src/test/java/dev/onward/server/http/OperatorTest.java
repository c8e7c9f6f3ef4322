package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the operator may, in mode local too. */
@OnEachDatabase
class OperatorTest extends HttpTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/onboarding/cleanup",
        "GET,  /api/onboarding/sessions",
        "GET,  /api/onboarding/analytics",
        "HEAD, /api/onboarding/sessions"
    })
    void takesTheKeyAsABearerToken(String method, String path) {
        Reply none = api.request(method, path).send().is(401);
        assertThat(none.header("WWW-Authenticate")).contains("Bearer");
        api.request(method, path)
                .header("Authorization", "Bearer not-the-key-of-the-operator-at-all")
                .send()
                .is(401);
        api.request(method, path)
                .header("Authorization", "Basic " + Site.KEY)
                .send()
                .is(401);
        api.request(method, path).header("Authorization", Site.KEY).send().is(401);
        api.request(method, path).header("Authorization", "Bearer").send().is(401);
        api.request(method, path)
                .header("Authorization", "bearer  " + Site.KEY)
                .send()
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/onboarding/sessions", "/api/onboarding/analytics"})
    void saysWhatTheKeyIsMissingFor(String path) {
        assertThat(api.get(path).refused(401, "operator_key_required").text("detail"))
                .contains("Authorization: Bearer")
                .doesNotContain(Site.KEY);
    }

    @Test
    void deletesNothingWithoutTheKey() {
        site.database().execute("""
                        INSERT INTO onboarding_sessions (id, current_step, completed, created_at)
                        VALUES ('kept', 'started', false, '2020-01-01 00:00:00.000000')
                        """);
        api.post("/api/onboarding/cleanup").refused(401, "operator_key_required");
        api.status().query("session_id", "kept").ok();
    }

    @Test
    void aProfileIsNotThereForAnybodyElse() {
        api.get("/api/users/ada/profile").refused(404, "profile_not_found");
        api.get("/api/users/ada/profile")
                .header("Authorization", "Bearer wrong")
                .refused(404, "profile_not_found");
        api.get("/api/users/ada/profile").operator().ok();
    }

    @Test
    void nobodyIsTheOperatorWhereNoKeyIsSetAndTheAnswerSaysHowToSetOne() {
        try (Site keyless = Site.with(DatabaseKind.SQLITE, new AccessPolicy(Mode.LOCAL, OperatorKey.unknown()))) {
            Reply reply = keyless.api().sessions().refused(401, "operator_key_required");
            assertThat(reply.text("detail")).contains("ONWARD_OPERATOR_KEY", "32");
            keyless.api().get("/api/users/ada/profile").operator().refused(404, "profile_not_found");
            keyless.api()
                    .get("/api/onboarding/sessions")
                    .header("Authorization", "Bearer ")
                    .refused(401, "operator_key_required");
        }
    }
}
