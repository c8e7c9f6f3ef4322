package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnOneDatabase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters and fields that a call does not know: rejected, or ignored on the seed's endpoints and pages. */
@OnOneDatabase
@Isolated
class UnknownInputTest extends HttpTest {
    private static final String WARNING = "Onward-Warning";
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @ParameterizedTest
    @CsvSource({
        "/api/onboarding/sessions/ID,        'flow, optional, session_id'",
        "/api/onboarding/sessions/ID/events, 'cursor, flow, limit, session_id'",
        "/api/onboarding/flows/genesis,      version",
        "/api/kblocks/some,                  session_id",
        "/api/users/profile,                 user_id"
    })
    void anUnknownQueryParameterIsRejectedWithThoseThatExist(String path, String known) {
        Reply reply = api.get(path.replace("ID", api.started()))
                .operator()
                .query("colour", "red")
                .refusedFor("colour");
        assertThat(reply.text("detail"))
                .isEqualTo("colour is not a query parameter of this call. It has " + known + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/onboarding/flows",
                "/api/onboarding/analytics",
                "/api/users/ada/profile",
                "/health/live",
                "/health/ready",
                "/metrics"
            })
    void aCallWithoutQueryParametersSaysSo(String path) {
        assertThat(api.get(path)
                        .operator()
                        .query("colour", "red")
                        .refusedFor("colour")
                        .text("detail"))
                .isEqualTo("colour is not a query parameter of this call. It has none.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps/notes", "steps/notes/skip", "dismiss", "reopen", "restart", "complete", "claim"})
    void aChangeOfASessionRejectsAnUnknownQueryParameterAndChangesNothing(String action) {
        String session = Setup.begun(api);
        Reply before = api.session(session).ok();
        api.act(session, action).query("colour", "red").refusedFor("colour");
        assertThat(api.session(session).ok().at("revision")).isEqualTo(before.at("revision"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps/notes/skip", "dismiss", "reopen", "restart", "complete", "claim"})
    void aChangeOfASessionRejectsAnUnknownFieldAndChangesNothing(String action) {
        String session = Setup.begun(api);
        Reply before = api.session(session).ok();
        api.act(session, action).field("colour", "red").refusedFor("colour");
        api.act(session, action).json("[]").refusedFor("body");
        assertThat(api.session(session).ok().at("revision")).isEqualTo(before.at("revision"));
    }

    @Test
    void aRejectionNamesTheInputThatWasMeant() {
        String session = api.started();
        assertThat(api.act(session, "claim")
                        .field("userId", "ada")
                        .refusedFor("userId")
                        .text("detail"))
                .isEqualTo("userId is not a field of this call: did you mean user_id? It has policy, user_id.");
        assertThat(api.events(session).query("limits", 3).refusedFor("limits").text("detail"))
                .contains("did you mean limit?");
    }

    @Test
    void aNameThatCannotBeShownIsRejectedToo() {
        String session = api.started();
        api.session(session).query("x".repeat(65), 1).refusedFor("(unknown)");
        api.act(session, "dismiss").json("{\" \": 1}").refusedFor("(unknown)");
        api.act(session, "dismiss").json("{\"\": 1}").refusedFor("(unknown)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/onboarding", "/studio", "/docs", "/openapi.yaml", "/web/shared/base.css"})
    void aPageIgnoresUnknownQueryParameters(String path) {
        assertThat(api.get(path)
                        .query("utm_source", "mail")
                        .query("flwo", "x")
                        .ok()
                        .header(WARNING))
                .isEmpty();
    }

    @Test
    void theSeedsEndpointsIgnoreWhatTheyDoNotKnow() {
        assertThat(api.start().query("colour", 1).field("colour", "red").ok().header(WARNING))
                .isEmpty();
        String session = api.started();
        assertThat(api.status().inSession(session).query("colour", 1).ok().header(WARNING))
                .isEmpty();
        assertThat(api.declaration(DECLARATION)
                        .inSession(session)
                        .field("colour", "red")
                        .ok()
                        .header(WARNING))
                .isEmpty();
        assertThat(api.complete().inSession(session).field("colour", "red").ok().header(WARNING))
                .isEmpty();
        assertThat(api.cleanup()
                        .query("hours", 87600)
                        .field("colour", "red")
                        .ok()
                        .header(WARNING))
                .isEmpty();
        assertThat(api.sessions().query("colour", 1).ok().header(WARNING)).isEmpty();
    }

    @Test
    void aNearMissOnTheSeedsEndpointsAddsAWarning() {
        warns(api.start().field("userId", "ada").ok(), "field userId", "field user_id");
        warns(api.start().field("flwo", "genesis").ok(), "field flwo", "field flow");
        warns(api.start().query("user_id", "ada").ok(), "query parameter user_id", "field user_id");
        warns(api.status().query("sessionId", "x").ok(), "query parameter sessionId", "query parameter session_id");
        String session = api.started();
        warns(api.complete().inSession(session).field("sesion_id", "x").ok(), "field sesion_id", "field session_id");
        warns(
                api.cleanup().query("hours", 87600).query("hour", 1).ok(),
                "query parameter hour",
                "query parameter hours");
        warns(api.sessions().query("complete", true).ok(), "query parameter complete", "query parameter completed");
    }

    @Test
    void aRefusalHasTheWarningToo() {
        Reply apiException = api.post("/api/onboarding/first-declaration")
                .field("declaraton", DECLARATION)
                .refusedFor("declaration");
        warns(apiException, "field declaraton", "field declaration");
    }

    @Test
    void twoNearMissesAreBothNamed() {
        assertThat(api.start()
                        .field("userId", "ada")
                        .field("flwo", "genesis")
                        .ok()
                        .header(WARNING))
                .contains("Ignored: field userId. Did you mean field user_id?"
                        + " Ignored: field flwo. Did you mean field flow?");
    }

    @Test
    void aNearMissIsALineOfTheLog() {
        try (Log log = new Log()) {
            api.start().field("userId", "secret-value").ok();
            assertThat(log.text())
                    .containsOnlyOnce("Unknown input was ignored")
                    .contains("field userId", "field user_id", "/api/onboarding/start")
                    .doesNotContain("secret-value");
        }
    }

    @Test
    void aNameThatIsNotPlainIsNeitherShownNorLogged() {
        try (Log log = new Log()) {
            assertThat(api.start()
                            .json("{\"user_id\\nX-Injected: 1\": 1, \"us\u00e9r_id\": 1}")
                            .ok()
                            .header(WARNING))
                    .isEqualTo(Optional.empty());
            assertThat(log.text()).doesNotContain("X-Injected");
        }
    }

    private static void warns(Reply reply, String sent, String meant) {
        assertThat(reply.header(WARNING)).contains("Ignored: " + sent + ". Did you mean " + meant + "?");
    }
}
