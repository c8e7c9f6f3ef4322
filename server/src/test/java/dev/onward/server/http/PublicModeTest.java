package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the open network may, and what takes a session or the operator's key there. */
@OnOneDatabase
class PublicModeTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Override
    Site site(DatabaseKind kind) {
        return Site.open(kind);
    }

    @Test
    void anybodyWalksTheirOwnWay() {
        String session = api.started();
        api.declaration(DECLARATION).cookie(session).ok();
        api.complete().cookie(session).ok();
        assertThat(api.status().cookie(session).ok().text("current_step")).isEqualTo("completed");
    }

    @Test
    void theCookieGoesOverTlsOnly() {
        assertThat(api.start().ok().header("Set-Cookie").orElseThrow())
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void namingAUserTakesTheOperatorsKey() {
        api.start().field("user_id", "ada").refused(401, "operator_key_required");
        api.start().field("user_id", "ada").field("resume", true).refused(401, "operator_key_required");
        api.status().query("user_id", "ada").refused(401, "operator_key_required");
        String session = api.startedBy("ada");
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
    void whoHoldsASessionsIdMayDoEverythingWithItButNameAUser() {
        String session = Setup.begun(api);
        api.session(session).ok();
        api.session("current").inSession(session).ok();
        api.events(session).ok();
        api.submit(session, "team", Setup.OTHER_TEAM).keyed("one").ok();
        api.act(session, "steps/notes/skip").ok();
        api.act(session, "dismiss").ok();
        api.act(session, "reopen").ok();
        api.act(session, "claim").field("user_id", "ada").refused(401, "operator_key_required");
        api.act(session, "claim").field("user_id", "ada").keyed("two").refused(401, "operator_key_required");
        assertThat(api.act(session, "claim")
                        .field("user_id", "ada-" + session)
                        .operator()
                        .keyed("two")
                        .ok()
                        .text("outcome"))
                .isEqualTo("claimed");
        api.act(session, "claim")
                .field("user_id", "ada-" + session)
                .keyed("two")
                .refused(401, "operator_key_required");
        api.act(session, "restart").refused(403, "claim_proof_required");
        api.act(session, "restart").operator().ok();
    }

    @Test
    void whoHoldsNoSessionsIdSeesNone() {
        api.session("current").refused(422, "session_required");
        api.events("current").refused(422, "session_required");
        api.act("current", "restart").refused(422, "session_required");
        api.session("00000000-0000-4000-8000-000000000000").refused(404, "session_not_found");
    }

    @Test
    void aKeyOfNobodysIsAUuidSoThatNobodyIsGivenAnothersSession() {
        api.start().keyed("1").refusedFor("Idempotency-Key");
        String key = UUID.randomUUID().toString();
        Reply first = api.start().keyed(key).ok();
        assertThat(first.header("Set-Cookie").orElseThrow()).contains("Secure", "HttpOnly");
        assertThat(api.start().keyed(key).ok().header("Set-Cookie")).isEqualTo(first.header("Set-Cookie"));
    }

    @Test
    void aWrongKeyIsNoKey() {
        api.start()
                .field("user_id", "ada")
                .header("Authorization", "Bearer wrong")
                .refused(401, "operator_key_required");
    }

    @Test
    void theInstallationWideStatusTakesASession() {
        api.status().refused(422, "session_required").isAbout("session_id");
        api.status().operator().refused(422, "session_required");
    }

    @Test
    void declaringAndCompletingTakeASession() {
        api.declaration(DECLARATION).refused(422, "session_required").isAbout("session_id");
        api.complete().refused(422, "session_required").isAbout("session_id");
        api.complete().json("{}").refused(422, "session_required");
    }

    @Test
    void nothingIsWrittenWhereItIsRefused() {
        site.empty();
        api.declaration(DECLARATION).refused(422, "session_required");
        api.complete().refused(422, "session_required");
        api.start().field("user_id", "ada").refused(401, "operator_key_required");
        assertThat(api.sessions().ok().at("sessions")).isEmpty();
    }

    @Test
    void metricsTakeTheOperatorsKey() {
        api.get("/metrics").refused(401, "operator_key_required");
        api.get("/metrics").operator().ok();
    }

    @Test
    void healthIsOpen() {
        api.get("/health/live").ok();
        api.get("/health/ready").ok();
    }
}
