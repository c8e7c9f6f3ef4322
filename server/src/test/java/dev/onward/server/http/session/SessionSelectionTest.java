package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnOneDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a request names its session. */
@OnOneDatabase
class SessionSelectionTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void aSessionIsNamedByItsIdAHeaderOrACookie() {
        String session = api.startSession();
        assertThat(api.status().query("session_id", session).ok().text("session_id"))
                .isEqualTo(session);
        assertThat(api.status().inSession(session).ok().text("session_id")).isEqualTo(session);
        assertThat(api.status().cookie(session).ok().text("session_id")).isEqualTo(session);
    }

    @Test
    void severalNamesMayAgree() {
        String session = api.startSession();
        api.complete()
                .query("session_id", session)
                .field("session_id", session)
                .inSession(session)
                .cookie(session)
                .ok();
    }

    @Test
    void rejectsTwoDifferentSessions() {
        String one = api.startSession();
        String other = api.startSession();
        api.status().query("session_id", one).inSession(other).expectInvalidField("session_id");
        api.status().query("session_id", one).cookie(other).expectInvalidField("session_id");
        api.status().inSession(one).cookie(other).expectInvalidField("session_id");
        api.status().inSession(one).inSession(other).expectInvalidField("session_id");
        String twice = "onward_genesis=" + one + "; onward_genesis=" + other;
        api.status().header("Cookie", twice).expectInvalidField("onward_genesis");
        api.complete().header("Cookie", twice).inSession(one).expectInvalidField("onward_genesis");
        api.complete().query("session_id", one).field("session_id", other).expectInvalidField("session_id");
        api.declaration(DECLARATION).field("session_id", one).cookie(other).expectInvalidField("session_id");
        assertThat(api.status().inSession(one).ok().text("current_step")).isEqualTo("started");
        assertThat(api.status().inSession(other).ok().text("current_step")).isEqualTo("started");
    }

    @Test
    void aCookieOfASupersededSessionLeadsToItsSuccessor() {
        String first = api.startSession();
        String second = restarted(first);
        String third = restarted(second);

        ApiResponse current =
                api.get("/api/onboarding/sessions/current").cookie(first).ok();
        assertThat(current.text("session_id")).isEqualTo(third);
        assertThat(current.header("Set-Cookie").orElseThrow()).startsWith("onward_genesis=" + third);
        assertThat(current.header("ETag")).contains("\"1\"");

        ApiResponse status =
                api.get("/api/onboarding/sessions/current").cookie(third).ok();
        assertThat(status.header("Set-Cookie").orElseThrow()).startsWith("onward_genesis=" + third);
        String byHeader = api.get("/api/onboarding/sessions/current")
                .inSession(first)
                .ok()
                .text("session_id");
        String byAddress = api.get("/api/onboarding/sessions/" + first).ok().text("session_id");
        assertThat(List.of(byHeader, byAddress)).containsOnly(first);
    }

    @Test
    void anOptionalSessionMayBeAbsent() {
        ApiResponse none = api.get("/api/onboarding/sessions/current")
                .query("optional", true)
                .send()
                .is(204);
        assertThat(none.bytes()).isEmpty();
        assertThat(none.header("Content-Type")).isEmpty();

        String session = api.startSession();
        assertThat(api.get("/api/onboarding/sessions/current")
                        .query("optional", true)
                        .cookie(session)
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
        api.get("/api/onboarding/sessions/current")
                .query("optional", true)
                .cookie("gone")
                .send()
                .isProblem(404, "session_not_found");
        api.get("/api/onboarding/sessions/current").send().isProblem(422, "session_required");
        api.get("/api/onboarding/sessions/current").query("optional", "perhaps").expectInvalidField("optional");
    }

    private String restarted(String session) {
        return api.post("/api/onboarding/sessions/" + session + "/restart").ok().text("session_id");
    }

    @Test
    void rejectsAnEmptyId() {
        api.status().query("session_id", "").expectInvalidField("session_id");
        api.status().inSession("").expectInvalidField("Onboarding-Session");
        api.status().cookie("").expectInvalidField("onward_genesis");
        api.complete().field("session_id", "").expectInvalidField("session_id");
        api.declaration(DECLARATION).field("session_id", "").expectInvalidField("session_id");
    }

    @Test
    void rejectsATooLongOrUnstorableId() {
        api.status().query("session_id", "s".repeat(65)).expectInvalidField("session_id");
        api.status().inSession("s".repeat(65)).expectInvalidField("Onboarding-Session");
        api.status().cookie("s".repeat(65)).expectInvalidField("onward_genesis");
        api.status().query("session_id", "a\0b").expectInvalidField("session_id");
    }

    @Test
    void rejectsAnIdOfAnotherType() {
        api.complete().field("session_id", 17).expectInvalidField("session_id");
    }

    @Test
    void rejectsARepeatedQueryParameter() {
        String session = api.startSession();
        api.status().query("session_id", session).query("session_id", session).expectInvalidField("session_id");
    }

    @Test
    void nullInTheBodyCountsAsAbsent() {
        String session = api.startSession();
        assertThat(api.complete()
                        .json("{\"session_id\": null}")
                        .cookie(session)
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void aCookieOfADeletedSessionIsUnknown() {
        api.status().cookie("gone").expectProblem(404, "session_not_found");
        api.declaration(DECLARATION).cookie("gone").expectProblem(404, "session_not_found");
    }

    @Test
    void startIgnoresASession() {
        String session = api.startSession();
        assertThat(api.start().cookie(session).ok().text("session_id")).isNotEqualTo(session);
    }

    @Test
    void statusReadsTheCookieOfItsFlow() {
        String genesis = api.startSession();
        String tour = api.start().field("flow", "tour").ok().text("session_id");
        String both = "onward_genesis=" + genesis + "; onward_tour=" + tour + "; onward_nowhere=x; theme=dark";
        assertThat(api.status().header("Cookie", both).ok().text("session_id")).isEqualTo(genesis);
        assertThat(api.status()
                        .header("Cookie", both)
                        .query("flow", "tour")
                        .ok()
                        .text("session_id"))
                .isEqualTo(tour);
    }

    @Test
    void aBrowserInTwoFlowsMustNameOne() {
        String genesis = api.startSession();
        String tour = api.start().field("flow", "tour").ok().text("session_id");
        String both = "onward_genesis=" + genesis + "; onward_tour=" + tour;
        api.complete().header("Cookie", both).expectInvalidField("flow");
        assertThat(api.complete()
                        .header("Cookie", both)
                        .field("flow", "tour")
                        .ok()
                        .text("session_id"))
                .isEqualTo(tour);
        assertThat(api.complete().header("Cookie", both).inSession(genesis).ok().text("session_id"))
                .isEqualTo(genesis);
    }
}
