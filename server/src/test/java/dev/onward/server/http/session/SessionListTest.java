package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/onboarding/sessions}. */
@OnEachDatabase
class SessionListTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @BeforeEach
    void emptyInstallation() {
        server.empty();
    }

    @Test
    void isEmptyWithoutSessions() {
        ApiResponse reply = api.sessions().ok();
        assertThat(reply.at("sessions")).isEmpty();
        assertThat(reply.at("next_cursor").isNull()).isTrue();
    }

    @Test
    void showsTheStateOfEachSession() {
        String session = api.startSessionOf("ada");
        ApiResponse declared = api.declaration(DECLARATION).inSession(session).ok();
        ApiResponse reply = api.sessions().ok();
        assertThat(reply.text("/sessions/0/session_id")).isEqualTo(session);
        assertThat(reply.text("/sessions/0/user_id")).isEqualTo("ada");
        assertThat(reply.text("/sessions/0/flow")).isEqualTo("genesis");
        assertThat(reply.text("/sessions/0/current_step")).isEqualTo("first_declaration");
        assertThat(reply.at("/sessions/0/completed").booleanValue()).isTrue();
        assertThat(reply.text("/sessions/0/first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(reply.text("/sessions/0/first_declaration")).isEqualTo(DECLARATION);
    }

    @Test
    void listsTheNewestFirst() {
        String oldest = next();
        String middle = next();
        String newest = next();
        assertThat(ids(api.sessions().ok())).containsExactly(newest, middle, oldest);
    }

    @Test
    void pagesMissNoSessionAndRepeatNone() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Three at the same moment, so that the end of a page is between them.
            all.add(i < 3 ? api.startSession() : next());
        }
        List<String> seen = new ArrayList<>();
        ApiResponse page = api.sessions().query("limit", 2).ok();
        seen.addAll(ids(page));
        while (!page.at("next_cursor").isNull()) {
            page = api.sessions()
                    .query("limit", 2)
                    .query("cursor", page.text("next_cursor"))
                    .ok();
            seen.addAll(ids(page));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aSessionThatStartsInBetweenDoesNotDisturbThePages() {
        String first = next();
        String second = next();
        ApiResponse page = api.sessions().query("limit", 1).ok();
        next();
        assertThat(ids(page)).containsExactly(second);
        assertThat(ids(api.sessions()
                        .query("limit", 1)
                        .query("cursor", page.text("next_cursor"))
                        .ok()))
                .containsExactly(first);
    }

    @Test
    void returnsFiftyByDefault() {
        server.database().execute("""
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 51)
                        INSERT INTO onboarding_sessions (id, current_step, completed, created_at)
                        SELECT 'raw-' || i, 'started', false, '2026-01-01 00:00:00.000000' FROM n
                        """);
        ApiResponse page = api.sessions().ok();
        assertThat(page.at("sessions")).hasSize(50);
        assertThat(ids(api.sessions().query("cursor", page.text("next_cursor")).ok()))
                .hasSize(1);
        assertThat(api.sessions().query("limit", 200).ok().at("sessions")).hasSize(51);
    }

    @Test
    void filtersByCompletion() {
        String open = next();
        String completed = next();
        api.complete().inSession(completed).ok();
        assertThat(ids(api.sessions().query("completed", true).ok())).containsExactly(completed);
        assertThat(ids(api.sessions().query("completed", false).ok())).containsExactly(open);
    }

    @Test
    void filtersByUserFlowAndStep() {
        String ada = api.startSessionOf("ada");
        String tour = api.start().field("flow", "tour").ok().text("session_id");
        String declared = api.declaration(DECLARATION).inSession(next()).ok().text("session_id");
        assertThat(ids(api.sessions().query("user_id", "ada").ok())).containsExactly(ada);
        assertThat(ids(api.sessions().query("flow", "tour").ok())).containsExactly(tour);
        assertThat(ids(api.sessions().query("step", "first_declaration").ok())).containsExactly(declared);
        assertThat(ids(api.sessions()
                        .query("step", "started")
                        .query("flow", "genesis")
                        .ok()))
                .containsExactly(ada);
    }

    @Test
    void aFilterWithoutMatchesReturnsAnEmptyList() {
        next();
        assertThat(api.sessions().query("flow", "retired").ok().at("sessions")).isEmpty();
    }

    @Test
    void filtersByStartTime() {
        String older = next();
        String newer = next();
        String at = server.clock().instant().toString();
        assertThat(ids(api.sessions().query("created_before", at).ok())).containsExactly(older);
        assertThat(ids(api.sessions()
                        .query(
                                "created_before",
                                server.clock()
                                        .instant()
                                        .plusNanos(1000)
                                        .atOffset(ZoneOffset.ofHours(5))
                                        .toString())
                        .ok()))
                .containsExactly(newer, older);
    }

    @Test
    void listsASessionWhoseFlowIsNotLoaded() {
        String session = next();
        server.database().execute("UPDATE onboarding_sessions SET flow = 'retired'");
        assertThat(ids(api.sessions().query("flow", "retired").ok())).containsExactly(session);
        api.status().inSession(session).expectProblem(503, "flow_not_loaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.5", "many", "", "9999999999", "٣"})
    void rejectsALimitOutsideOneToTwoHundred(String limit) {
        api.sessions().query("limit", limit).expectInvalidField("limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-01-31",
                "2026-01-31T12:00:00",
                "2026-13-31T12:00:00Z",
                "2026-01-31T12:00:00.1234567Z",
                "+99999-01-31T12:00:00Z",
                "-0001-01-31T12:00:00Z",
                ""
            })
    void rejectsAnInvalidTime(String time) {
        api.sessions().query("created_before", time).expectInvalidField("created_before");
    }

    @Test
    void rejectsAForeignCursor() {
        for (String text : List.of(
                "nonsense", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z ", " id", "+99999-01-31T12:00:00Z id")) {
            String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            api.sessions().query("cursor", cursor).expectInvalidField("cursor");
        }
        api.sessions().query("cursor", "***").expectInvalidField("cursor");
        api.sessions().query("cursor", "").expectInvalidField("cursor");
    }

    @ParameterizedTest
    @CsvSource({"completed, 1", "completed, TRUE", "completed, ''", "user_id, ''", "flow, ''", "step, ''"})
    void rejectsAnInvalidFilter(String filter, String value) {
        api.sessions().query(filter, value).expectInvalidField(filter);
    }

    private String next() {
        server.clock().advance(Duration.ofSeconds(1));
        return api.startSession();
    }

    private static List<String> ids(ApiResponse reply) {
        return reply.at("sessions")
                .valueStream()
                .map(session -> session.get("session_id").stringValue())
                .toList();
    }
}
