package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/onboarding/first-declaration}. */
@OnEachDatabase
class DeclarationEndpointTest extends HttpTest {
    private static final String PATH = "/api/onboarding/first-declaration";
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void createsAKBlockAndCompletesTheSession() {
        String session = api.startSession();
        server.clock().advance(Duration.ofSeconds(2));
        ApiResponse declared =
                api.declaration(DECLARATION).field("session_id", session).ok();
        assertThat(declared.text("session_id")).isEqualTo(session);
        assertThat(declared.at("layer").intValue()).isEqualTo(1);
        ApiResponse status = api.status().inSession(session).ok();
        assertThat(status.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(status.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(status.text("current_step")).isEqualTo("first_declaration");
        assertThat(status.at("completed").booleanValue()).isTrue();
        assertThat(status.text("completed_at"))
                .isEqualTo(server.clock().instant().toString());
    }

    @Test
    void startsASessionIfNoneIsNamedAndReturnsIt() {
        ApiResponse declared = api.declaration(DECLARATION).ok();
        String session = declared.text("session_id");
        assertThat(declared.cookie()).contains(session);
        assertThat(declared.header("Set-Cookie").orElseThrow())
                .startsWith("onward_genesis=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(api.status().inSession(session).ok().text("first_declaration"))
                .isEqualTo(DECLARATION);
    }

    @Test
    void setsNoCookieForAnExistingSession() {
        assertThat(api.declaration(DECLARATION)
                        .inSession(api.startSession())
                        .ok()
                        .cookie())
                .isEmpty();
    }

    @Test
    void returnsTheSameKBlockForTheSameDeclaration() {
        String session = api.startSession();
        ApiResponse first = api.declaration(DECLARATION).inSession(session).ok();
        server.clock().advance(Duration.ofSeconds(5));
        ApiResponse again = api.declaration(DECLARATION).inSession(session).ok();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(server.database()
                        .query("SELECT count(*) FROM onboarding_kblocks WHERE session_id = '" + session + "'"))
                .containsExactly("1");
    }

    @Test
    void rejectsAnotherDeclarationAndShowsTheStoredOne() {
        String session = api.startSession();
        api.declaration(DECLARATION).inSession(session).ok();
        ApiResponse conflict =
                api.declaration("Something else.").inSession(session).expectProblem(409, "already_declared");
        assertThat(conflict.at("session"))
                .isEqualTo(api.get("/api/onboarding/sessions/" + session).ok().json());
        assertThat(conflict.text("/session/first_declaration")).isEqualTo(DECLARATION);
    }

    @Test
    void acceptsOneDeclarationAfterTheCompletionAndKeepsItsTime() {
        String session = api.startSession();
        server.clock().advance(Duration.ofSeconds(1));
        ApiResponse completed = api.complete().inSession(session).ok();
        server.clock().advance(Duration.ofSeconds(1));
        ApiResponse declared = api.declaration(DECLARATION).inSession(session).ok();
        ApiResponse status = api.status().inSession(session).ok();
        assertThat(status.text("current_step")).isEqualTo("completed");
        assertThat(status.text("completed_at")).isEqualTo(completed.text("completed_at"));
        assertThat(status.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(status.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(status.text("updated_at")).isEqualTo(server.clock().instant().toString());
        api.declaration("Something else.").inSession(session).expectProblem(409, "already_declared");
    }

    @Test
    void rejectsAFlowWithoutADeclarationStep() {
        String session = api.start().field("flow", "tour").ok().text("session_id");
        ApiResponse conflict = api.declaration(DECLARATION).inSession(session).expectProblem(409, "nothing_to_declare");
        assertThat(conflict.text("/session/session_id")).isEqualTo(session);
    }

    @Test
    void anUnknownSessionIsNotFound() {
        api.declaration(DECLARATION).inSession("never-was").expectProblem(404, "session_not_found");
    }

    @Test
    void ignoresFieldsThatTheServerOwns() {
        ApiResponse declared = api.declaration(DECLARATION)
                .field("loss", 0)
                .field("layer", 9)
                .field("completed", false)
                .field("kblock_id", "mine")
                .ok();
        assertThat(declared.text("kblock_id")).isNotEqualTo("mine");
        assertThat(declared.at("layer").intValue()).isEqualTo(1);
        assertThat(declared.at("loss").decimalValue()).isEqualByComparingTo("0.35");
    }

    @ParameterizedTest
    @CsvSource({
        "29, 0.55, low, #7a85a0",
        "30, 0.35, medium, #8a8a94",
        "80, 0.35, medium, #8a8a94",
        "81, 0.17, high, #7a9d7a"
    })
    void theCelebrationDependsOnHowPreciseTheDeclarationIs(
            int characters, String loss, String intensity, String color) {
        ApiResponse declared = api.declaration("😀".repeat(characters)).ok();
        assertThat(declared.body()).contains("\"loss\":" + loss + ",");
        assertThat(declared.text("/celebration/intensity")).isEqualTo(intensity);
        assertThat(declared.text("/celebration/color")).isEqualTo(color);
        assertThat(declared.at("/celebration/confetti").booleanValue()).isTrue();
        assertThat(declared.text("/celebration/emoji")).isNotBlank();
        assertThat(declared.text("/celebration/message")).isNotBlank();
        assertThat(declared.text("justification")).isNotBlank();
    }

    @Test
    void rejectsAMissingDeclaration() {
        api.post(PATH).expectInvalidField("declaration");
        api.post(PATH).json("{}").expectInvalidField("declaration");
        api.post(PATH).json("{\"declaration\": null}").expectInvalidField("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t  ", "\u00a0\u2003"})
    void rejectsABlankDeclaration(String blank) {
        api.declaration(blank).expectInvalidField("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "true", "[\"a\"]", "{\"a\": 1}"})
    void rejectsADeclarationThatIsNotAString(String value) {
        api.post(PATH).json("{\"declaration\": " + value + "}").expectInvalidField("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud83d", "\\ude00b", "\\ude00\\ud83d"})
    void rejectsNulAndLoneSurrogates(String escaped) {
        api.post(PATH).json("{\"declaration\": \"" + escaped + "\"}").expectInvalidField("declaration");
    }

    @Test
    void acceptsTenThousandCharactersAndNotOneMore() {
        api.declaration("a".repeat(10_000)).ok();
        String emojis = "😀".repeat(10_000);
        ApiResponse declared = api.post(PATH)
                .body("application/json", ("{\"declaration\":\"" + emojis + "\"}").getBytes(StandardCharsets.UTF_8))
                .ok();
        assertThat(api.status().inSession(declared.text("session_id")).ok().text("first_declaration"))
                .isEqualTo(emojis);
        api.declaration("a".repeat(10_001)).expectInvalidField("declaration");
    }

    @Test
    void aRejectedDeclarationWritesNothing() {
        String session = api.startSession();
        api.declaration(" ").inSession(session).expectInvalidField("declaration");
        ApiResponse status = api.status().inSession(session).ok();
        assertThat(status.text("current_step")).isEqualTo("started");
        assertThat(status.at("first_declaration").isNull()).isTrue();
    }
}
