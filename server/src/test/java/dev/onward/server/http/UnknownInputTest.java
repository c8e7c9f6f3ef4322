package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnOneDatabase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unknown query parameters and fields: rejected, or ignored by the endpoints of the original API and by pages. */
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
    void rejectsAnUnknownQueryParameterAndListsTheKnownOnes(String path, String known) {
        ApiResponse reply = api.get(path.replace("ID", api.startSession()))
                .operator()
                .query("colour", "red")
                .expectInvalidField("colour");
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
    void saysSoIfAnEndpointHasNoQueryParameters(String path) {
        assertThat(api.get(path)
                        .operator()
                        .query("colour", "red")
                        .expectInvalidField("colour")
                        .text("detail"))
                .isEqualTo("colour is not a query parameter of this call. It has none.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps/notes", "steps/notes/skip", "dismiss", "reopen", "restart", "complete", "claim"})
    void anUnknownQueryParameterPreventsAChange(String action) {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse before = api.session(session).ok();
        api.action(session, action).query("colour", "red").expectInvalidField("colour");
        assertThat(api.session(session).ok().at("revision")).isEqualTo(before.at("revision"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps/notes/skip", "dismiss", "reopen", "restart", "complete", "claim"})
    void anUnknownFieldPreventsAChange(String action) {
        String session = SetupFlow.startWithPlan(api);
        ApiResponse before = api.session(session).ok();
        api.action(session, action).field("colour", "red").expectInvalidField("colour");
        api.action(session, action).json("[]").expectInvalidField("body");
        assertThat(api.session(session).ok().at("revision")).isEqualTo(before.at("revision"));
    }

    @Test
    void suggestsTheClosestName() {
        String session = api.startSession();
        assertThat(api.action(session, "claim")
                        .field("userId", "ada")
                        .expectInvalidField("userId")
                        .text("detail"))
                .isEqualTo("userId is not a field of this call: did you mean user_id? It has policy, user_id.");
        assertThat(api.events(session)
                        .query("limits", 3)
                        .expectInvalidField("limits")
                        .text("detail"))
                .contains("did you mean limit?");
    }

    @Test
    void rejectsANameThatCannotBeShown() {
        String session = api.startSession();
        api.session(session).query("x".repeat(65), 1).expectInvalidField("(unknown)");
        api.action(session, "dismiss").json("{\" \": 1}").expectInvalidField("(unknown)");
        api.action(session, "dismiss").json("{\"\": 1}").expectInvalidField("(unknown)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/onboarding", "/studio", "/docs", "/openapi.yaml", "/web/shared/base.css"})
    void pagesIgnoreUnknownQueryParameters(String path) {
        assertThat(api.get(path)
                        .query("utm_source", "mail")
                        .query("flwo", "x")
                        .ok()
                        .header(WARNING))
                .isEmpty();
    }

    @Test
    void theOriginalEndpointsIgnoreUnknownInput() {
        assertThat(api.start().query("colour", 1).field("colour", "red").ok().header(WARNING))
                .isEmpty();
        String session = api.startSession();
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
    void theOriginalEndpointsWarnAboutAMisspelledName() {
        warns(api.start().field("userId", "ada").ok(), "field userId", "field user_id");
        warns(api.start().field("flwo", "genesis").ok(), "field flwo", "field flow");
        warns(api.start().query("user_id", "ada").ok(), "query parameter user_id", "field user_id");
        warns(api.status().query("sessionId", "x").ok(), "query parameter sessionId", "query parameter session_id");
        String session = api.startSession();
        warns(api.complete().inSession(session).field("sesion_id", "x").ok(), "field sesion_id", "field session_id");
        warns(
                api.cleanup().query("hours", 87600).query("hour", 1).ok(),
                "query parameter hour",
                "query parameter hours");
        warns(api.sessions().query("complete", true).ok(), "query parameter complete", "query parameter completed");
    }

    @Test
    void anErrorHasTheWarningToo() {
        ApiResponse problem = api.post("/api/onboarding/first-declaration")
                .field("declaraton", DECLARATION)
                .expectInvalidField("declaration");
        warns(problem, "field declaraton", "field declaration");
    }

    @Test
    void warnsAboutTwoMisspelledNames() {
        assertThat(api.start()
                        .field("userId", "ada")
                        .field("flwo", "genesis")
                        .ok()
                        .header(WARNING))
                .contains("Ignored: field userId. Did you mean field user_id?"
                        + " Ignored: field flwo. Did you mean field flow?");
    }

    @Test
    void logsAMisspelledName() {
        try (CapturedLog log = new CapturedLog()) {
            api.start().field("userId", "secret-value").ok();
            assertThat(log.text())
                    .containsOnlyOnce("Unknown input was ignored")
                    .contains("field userId", "field user_id", "/api/onboarding/start")
                    .doesNotContain("secret-value");
        }
    }

    @Test
    void neitherShowsNorLogsAnUnsafeName() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(api.start()
                            .json("{\"user_id\\nX-Injected: 1\": 1, \"us\u00e9r_id\": 1}")
                            .ok()
                            .header(WARNING))
                    .isEqualTo(Optional.empty());
            assertThat(log.text()).doesNotContain("X-Injected");
        }
    }

    private static void warns(ApiResponse reply, String sent, String suggestion) {
        assertThat(reply.header(WARNING)).contains("Ignored: " + sent + ". Did you mean " + suggestion + "?");
    }
}
