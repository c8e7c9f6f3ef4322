package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/kblocks/{id}}. */
@OnEachDatabase
class KBlockEndpointTest extends HttpTest {
    private static final String DECLARATION = "What is made with care lasts. The rest does not, and that is fine.";

    @Test
    void isCreatedFromTheDeclaration() {
        String session = api.startSessionOf("ada");
        ApiResponse declared = api.declaration(DECLARATION).inSession(session).ok();
        ApiResponse kblock = read(declared).inSession(session).ok();
        assertThat(kblock.text("id")).isEqualTo(declared.text("kblock_id"));
        assertThat(kblock.text("session_id")).isEqualTo(session);
        assertThat(kblock.text("user_id")).isEqualTo("ada");
        assertThat(kblock.at("layer").intValue()).isEqualTo(1);
        assertThat(kblock.text("title")).isEqualTo("What is made with care lasts.");
        assertThat(kblock.text("content")).isEqualTo(DECLARATION);
        assertThat(kblock.body()).contains("\"loss\":0.35,\"confidence\":0.65,");
        assertThat(kblock.at("tags").toString()).isEqualTo("[\"ftue\",\"first-declaration\",\"user-generated\"]");
        assertThat(kblock.text("created_at")).isEqualTo(server.clock().instant().toString());
        assertThat(kblock.text("updated_at")).isEqualTo(kblock.text("created_at"));
    }

    @Test
    void ofAnAnonymousSessionHasNoUser() {
        ApiResponse declared = api.declaration(DECLARATION).ok();
        assertThat(read(declared)
                        .inSession(declared.text("session_id"))
                        .ok()
                        .at("user_id")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Is it? Yes.| Is it?",
                "Now! Then.| Now!",
                "Wait… more.| Wait…",
                "Version 1.2 is out. Use it.| Version 1.2 is out.",
                "No end at all| No end at all"
            })
    void theTitleIsTheFirstSentence(String declaration, String title) {
        ApiResponse declared = api.declaration(declaration).ok();
        assertThat(read(declared).operator().ok().text("title")).isEqualTo(title);
    }

    @Test
    void theTitleHasAtMostEightyCharacters() {
        ApiResponse declared = api.declaration("😀".repeat(81)).ok();
        assertThat(read(declared).operator().ok().text("title")).isEqualTo("😀".repeat(80) + "...");
        ApiResponse shorter = api.declaration("a".repeat(80)).ok();
        assertThat(read(shorter).operator().ok().text("title")).isEqualTo("a".repeat(80));
    }

    @Test
    void keepsTheContentAsSent() {
        String declaration = "  \tMade\r\nwith “care” — \u202eand 😀 <script>alert(1)</script> \\ \"'; DROP  ";
        ApiResponse declared = api.declaration(declaration).ok();
        assertThat(read(declared).operator().ok().text("content")).isEqualTo(declaration);
    }

    @Test
    void isReadableWithItsSessionHoweverItIsNamed() {
        ApiResponse declared = api.declaration(DECLARATION).ok();
        String session = declared.text("session_id");
        read(declared).query("session_id", session).ok();
        read(declared).inSession(session).ok();
        read(declared).cookie(session).ok();
        read(declared)
                .header("Cookie", "onward_tour=another; onward_genesis=" + session)
                .ok();
    }

    @Test
    void isReadableWithTheOperatorKey() {
        read(api.declaration(DECLARATION).ok()).operator().ok();
    }

    @Test
    void isHiddenFromOthers() {
        ApiResponse declared = api.declaration(DECLARATION).ok();
        read(declared).expectProblem(404, "kblock_not_found");
        read(declared).inSession(api.startSession()).expectProblem(404, "kblock_not_found");
        read(declared).cookie("no-such-session").expectProblem(404, "kblock_not_found");
        read(declared).header("Authorization", "Bearer wrong").expectProblem(404, "kblock_not_found");
    }

    @Test
    void aHiddenOneLooksLikeAMissingOne() {
        ApiResponse notYours = read(api.declaration(DECLARATION).ok()).expectProblem(404, "kblock_not_found");
        ApiResponse missing = api.get("/api/kblocks/" + UUID.randomUUID()).expectProblem(404, "kblock_not_found");
        assertThat(missing.text("detail")).isEqualTo(notYours.text("detail"));
        assertThat(missing.text("title")).isEqualTo(notYours.text("title"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a%00b"})
    void rejectsAnInvalidId(String id) {
        api.get("/api/kblocks/" + id).operator().expectInvalidField("id");
    }

    private ApiClient.ApiRequest read(ApiResponse declared) {
        return api.get("/api/kblocks/" + declared.text("kblock_id"));
    }
}
