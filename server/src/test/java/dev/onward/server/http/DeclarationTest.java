package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/onboarding/first-declaration}. */
@OnEachDatabase
class DeclarationTest extends HttpTest {
    private static final String PATH = "/api/onboarding/first-declaration";
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void makesAKBlockAndCompletesTheSession() {
        String session = api.started();
        site.clock().advance(Duration.ofSeconds(2));
        Reply declared =
                api.declaration(DECLARATION).field("session_id", session).ok();
        assertThat(declared.text("session_id")).isEqualTo(session);
        assertThat(declared.at("layer").intValue()).isEqualTo(1);
        Reply status = api.status().inSession(session).ok();
        assertThat(status.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(status.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(status.text("current_step")).isEqualTo("first_declaration");
        assertThat(status.at("completed").booleanValue()).isTrue();
        assertThat(status.text("completed_at")).isEqualTo(site.clock().instant().toString());
    }

    @Test
    void startsASessionWhereNoneIsNamedAndSaysWhich() {
        Reply declared = api.declaration(DECLARATION).ok();
        String session = declared.text("session_id");
        assertThat(declared.cookie()).contains(session);
        assertThat(declared.header("Set-Cookie").orElseThrow())
                .startsWith("onward_genesis=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(api.status().inSession(session).ok().text("first_declaration"))
                .isEqualTo(DECLARATION);
    }

    @Test
    void setsNoCookieWhereTheSessionWasThere() {
        assertThat(api.declaration(DECLARATION).inSession(api.started()).ok().cookie())
                .isEmpty();
    }

    @Test
    void answersTheSameKBlockToTheSameDeclaration() {
        String session = api.started();
        Reply first = api.declaration(DECLARATION).inSession(session).ok();
        site.clock().advance(Duration.ofSeconds(5));
        Reply again = api.declaration(DECLARATION).inSession(session).ok();
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(site.database()
                        .query("SELECT count(*) FROM onboarding_kblocks WHERE session_id = '" + session + "'"))
                .containsExactly("1");
    }

    @Test
    void refusesAnotherDeclarationAndShowsTheOneThatStands() {
        String session = api.started();
        api.declaration(DECLARATION).inSession(session).ok();
        Reply conflict = api.declaration("Something else.").inSession(session).refused(409, "already_declared");
        assertThat(conflict.at("session"))
                .isEqualTo(api.get("/api/onboarding/sessions/" + session).ok().json());
        assertThat(conflict.text("/session/first_declaration")).isEqualTo(DECLARATION);
    }

    @Test
    void takesADeclarationAfterTheCompletionOnceAndLeavesTheCompletionAlone() {
        String session = api.started();
        site.clock().advance(Duration.ofSeconds(1));
        Reply completed = api.complete().inSession(session).ok();
        site.clock().advance(Duration.ofSeconds(1));
        Reply declared = api.declaration(DECLARATION).inSession(session).ok();
        Reply status = api.status().inSession(session).ok();
        assertThat(status.text("current_step")).isEqualTo("completed");
        assertThat(status.text("completed_at")).isEqualTo(completed.text("completed_at"));
        assertThat(status.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(status.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(status.text("updated_at")).isEqualTo(site.clock().instant().toString());
        api.declaration("Something else.").inSession(session).refused(409, "already_declared");
    }

    @Test
    void isNotForAFlowThatHasNoSuchStep() {
        String session = api.start().field("flow", "tour").ok().text("session_id");
        Reply conflict = api.declaration(DECLARATION).inSession(session).refused(409, "nothing_to_declare");
        assertThat(conflict.text("/session/session_id")).isEqualTo(session);
    }

    @Test
    void doesNotKnowASessionThatNeverWas() {
        api.declaration(DECLARATION).inSession("never-was").refused(404, "session_not_found");
    }

    @Test
    void changesNothingThatTheServerOwns() {
        Reply declared = api.declaration(DECLARATION)
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
    void celebratesTheMoreTheLessVagueItIs(int characters, String loss, String intensity, String color) {
        Reply declared = api.declaration("😀".repeat(characters)).ok();
        assertThat(declared.body()).contains("\"loss\":" + loss + ",");
        assertThat(declared.text("/celebration/intensity")).isEqualTo(intensity);
        assertThat(declared.text("/celebration/color")).isEqualTo(color);
        assertThat(declared.at("/celebration/confetti").booleanValue()).isTrue();
        assertThat(declared.text("/celebration/emoji")).isNotBlank();
        assertThat(declared.text("/celebration/message")).isNotBlank();
        assertThat(declared.text("justification")).isNotBlank();
    }

    @Test
    void refusesADeclarationThatIsMissing() {
        api.post(PATH).refusedFor("declaration");
        api.post(PATH).json("{}").refusedFor("declaration");
        api.post(PATH).json("{\"declaration\": null}").refusedFor("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t  ", "\u00a0\u2003"})
    void refusesADeclarationThatIsBlank(String blank) {
        api.declaration(blank).refusedFor("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "true", "[\"a\"]", "{\"a\": 1}"})
    void refusesADeclarationThatIsNotAString(String value) {
        api.post(PATH).json("{\"declaration\": " + value + "}").refusedFor("declaration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud83d", "\\ude00b", "\\ude00\\ud83d"})
    void refusesADeclarationThatHoldsNulOrALoneSurrogate(String escaped) {
        api.post(PATH).json("{\"declaration\": \"" + escaped + "\"}").refusedFor("declaration");
    }

    @Test
    void takesTenThousandCharactersAndNotOneMore() {
        api.declaration("a".repeat(10_000)).ok();
        String emojis = "😀".repeat(10_000);
        Reply declared = api.post(PATH)
                .body("application/json", ("{\"declaration\":\"" + emojis + "\"}").getBytes(StandardCharsets.UTF_8))
                .ok();
        assertThat(api.status().inSession(declared.text("session_id")).ok().text("first_declaration"))
                .isEqualTo(emojis);
        api.declaration("a".repeat(10_001)).refusedFor("declaration");
    }

    @Test
    void leavesNothingBehindWhereItIsRefused() {
        String session = api.started();
        api.declaration(" ").inSession(session).refusedFor("declaration");
        Reply status = api.status().inSession(session).ok();
        assertThat(status.text("current_step")).isEqualTo("started");
        assertThat(status.at("first_declaration").isNull()).isTrue();
    }
}
