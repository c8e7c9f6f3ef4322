package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mode public: what anyone may do, and what needs a session id or the operator's key. */
@OnOneDatabase
class PublicModeTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.open(kind);
    }

    @Test
    void anyoneMayCompleteTheirOwnOnboarding() {
        String session = api.startSession();
        api.declaration(DECLARATION).cookie(session).ok();
        api.complete().cookie(session).ok();
        assertThat(api.status().cookie(session).ok().text("current_step")).isEqualTo("completed");
    }

    @Test
    void theCookieIsSecure() {
        assertThat(api.start().ok().header("Set-Cookie").orElseThrow())
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void namingAUserRequiresTheOperatorKey() {
        api.start().field("user_id", "ada").expectProblem(401, "operator_key_required");
        api.start().field("user_id", "ada").field("resume", true).expectProblem(401, "operator_key_required");
        api.status().query("user_id", "ada").expectProblem(401, "operator_key_required");
        String session = api.startSessionOf("ada");
        assertThat(api.start()
                        .field("user_id", "ada")
                        .field("resume", true)
                        .operator()
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
        assertThat(api.status().query("user_id", "ada").operator().ok().text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void aSessionIdAllowsEverythingExceptNamingAUser() {
        String session = SetupFlow.startWithPlan(api);
        api.session(session).ok();
        api.session("current").inSession(session).ok();
        api.events(session).ok();
        api.submit(session, "team", SetupFlow.OTHER_TEAM).idempotencyKey("one").ok();
        api.action(session, "steps/notes/skip").ok();
        api.action(session, "dismiss").ok();
        api.action(session, "reopen").ok();
        api.action(session, "claim").field("user_id", "ada").expectProblem(401, "operator_key_required");
        api.action(session, "claim")
                .field("user_id", "ada")
                .idempotencyKey("two")
                .expectProblem(401, "operator_key_required");
        assertThat(api.action(session, "claim")
                        .field("user_id", "ada-" + session)
                        .operator()
                        .idempotencyKey("two")
                        .ok()
                        .text("outcome"))
                .isEqualTo("claimed");
        api.action(session, "claim")
                .field("user_id", "ada-" + session)
                .idempotencyKey("two")
                .expectProblem(401, "operator_key_required");
        api.action(session, "restart").expectProblem(403, "claim_proof_required");
        api.action(session, "restart").operator().ok();
    }

    @Test
    void aSessionIsHiddenWithoutItsId() {
        api.session("current").expectProblem(422, "session_required");
        api.events("current").expectProblem(422, "session_required");
        api.action("current", "restart").expectProblem(422, "session_required");
        api.session("00000000-0000-4000-8000-000000000000").expectProblem(404, "session_not_found");
    }

    @Test
    void anAnonymousIdempotencyKeyMustBeAUuid() {
        api.start().idempotencyKey("1").expectInvalidField("Idempotency-Key");
        String key = UUID.randomUUID().toString();
        ApiResponse first = api.start().idempotencyKey(key).ok();
        assertThat(first.header("Set-Cookie").orElseThrow()).contains("Secure", "HttpOnly");
        assertThat(api.start().idempotencyKey(key).ok().header("Set-Cookie")).isEqualTo(first.header("Set-Cookie"));
    }

    @Test
    void aWrongKeyIsIgnored() {
        api.start()
                .field("user_id", "ada")
                .header("Authorization", "Bearer wrong")
                .expectProblem(401, "operator_key_required");
    }

    @Test
    void theGlobalStatusRequiresASession() {
        api.status().expectProblem(422, "session_required").isAbout("session_id");
        api.status().operator().expectProblem(422, "session_required");
    }

    @Test
    void declaringAndCompletingRequireASession() {
        api.declaration(DECLARATION).expectProblem(422, "session_required").isAbout("session_id");
        api.complete().expectProblem(422, "session_required").isAbout("session_id");
        api.complete().json("{}").expectProblem(422, "session_required");
    }

    @Test
    void aRejectedRequestWritesNothing() {
        server.empty();
        api.declaration(DECLARATION).expectProblem(422, "session_required");
        api.complete().expectProblem(422, "session_required");
        api.start().field("user_id", "ada").expectProblem(401, "operator_key_required");
        assertThat(api.sessions().ok().at("sessions")).isEmpty();
    }

    @Test
    void metricsRequireTheOperatorKey() {
        api.get("/metrics").expectProblem(401, "operator_key_required");
        api.get("/metrics").operator().ok();
    }

    @Test
    void healthRequiresNoKey() {
        api.get("/health/live").ok();
        api.get("/health/ready").ok();
    }
}
