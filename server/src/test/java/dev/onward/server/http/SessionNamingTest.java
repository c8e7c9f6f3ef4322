package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnOneDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which session a call is about. */
@OnOneDatabase
class SessionNamingTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void aSessionIsNamedByItsIdByTheHeaderOrByTheCookie() {
        String session = api.started();
        assertThat(api.status().query("session_id", session).ok().text("session_id"))
                .isEqualTo(session);
        assertThat(api.status().inSession(session).ok().text("session_id")).isEqualTo(session);
        assertThat(api.status().cookie(session).ok().text("session_id")).isEqualTo(session);
    }

    @Test
    void allWaysAtOnceAreFineWhereTheyAgree() {
        String session = api.started();
        api.complete()
                .query("session_id", session)
                .field("session_id", session)
                .inSession(session)
                .cookie(session)
                .ok();
    }

    @Test
    void twoThatDifferAreRefused() {
        String one = api.started();
        String other = api.started();
        api.status().query("session_id", one).inSession(other).refusedFor("session_id");
        api.status().query("session_id", one).cookie(other).refusedFor("session_id");
        api.status().inSession(one).cookie(other).refusedFor("session_id");
        api.status().inSession(one).inSession(other).refusedFor("session_id");
        String twice = "onward_genesis=" + one + "; onward_genesis=" + other;
        api.status().header("Cookie", twice).refusedFor("onward_genesis");
        api.complete().header("Cookie", twice).inSession(one).refusedFor("onward_genesis");
        api.complete().query("session_id", one).field("session_id", other).refusedFor("session_id");
        api.declaration(DECLARATION).field("session_id", one).cookie(other).refusedFor("session_id");
        assertThat(api.status().inSession(one).ok().text("current_step")).isEqualTo("started");
        assertThat(api.status().inSession(other).ok().text("current_step")).isEqualTo("started");
    }

    @Test
    void aCookieOfASessionThatWasSupersededGoesOverToTheOneInItsPlace() {
        String first = api.started();
        String second = restarted(first);
        String third = restarted(second);

        Reply current =
                api.get("/api/onboarding/sessions/current").cookie(first).ok();
        assertThat(current.text("session_id")).isEqualTo(third);
        assertThat(current.header("Set-Cookie").orElseThrow()).startsWith("onward_genesis=" + third);
        assertThat(current.header("ETag")).contains("\"1\"");

        Reply standing =
                api.get("/api/onboarding/sessions/current").cookie(third).ok();
        assertThat(standing.header("Set-Cookie").orElseThrow()).startsWith("onward_genesis=" + third);
        String byHeader = api.get("/api/onboarding/sessions/current")
                .inSession(first)
                .ok()
                .text("session_id");
        String byAddress = api.get("/api/onboarding/sessions/" + first).ok().text("session_id");
        assertThat(List.of(byHeader, byAddress)).containsOnly(first);
    }

    @Test
    void noSessionIsNoErrorWhereItIsOptional() {
        Reply none = api.get("/api/onboarding/sessions/current")
                .query("optional", true)
                .send()
                .is(204);
        assertThat(none.bytes()).isEmpty();
        assertThat(none.header("Content-Type")).isEmpty();

        String session = api.started();
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
        api.get("/api/onboarding/sessions/current").query("optional", "perhaps").refusedFor("optional");
    }

    private String restarted(String session) {
        return api.post("/api/onboarding/sessions/" + session + "/restart").ok().text("session_id");
    }

    @Test
    void anEmptyOneIsRefused() {
        api.status().query("session_id", "").refusedFor("session_id");
        api.status().inSession("").refusedFor("Onboarding-Session");
        api.status().cookie("").refusedFor("onward_genesis");
        api.complete().field("session_id", "").refusedFor("session_id");
        api.declaration(DECLARATION).field("session_id", "").refusedFor("session_id");
    }

    @Test
    void oneThatIsTooLongOrCannotBeKeptIsRefused() {
        api.status().query("session_id", "s".repeat(65)).refusedFor("session_id");
        api.status().inSession("s".repeat(65)).refusedFor("Onboarding-Session");
        api.status().cookie("s".repeat(65)).refusedFor("onward_genesis");
        api.status().query("session_id", "a\0b").refusedFor("session_id");
    }

    @Test
    void oneOfAnotherTypeIsRefused() {
        api.complete().field("session_id", 17).refusedFor("session_id");
    }

    @Test
    void oneGivenTwiceInTheQueryIsRefused() {
        String session = api.started();
        api.status().query("session_id", session).query("session_id", session).refusedFor("session_id");
    }

    @Test
    void nullInTheBodyIsNone() {
        String session = api.started();
        assertThat(api.complete()
                        .json("{\"session_id\": null}")
                        .cookie(session)
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void aCookieOfASessionThatWasCleanedAwayIsUnknown() {
        api.status().cookie("gone").refused(404, "session_not_found");
        api.declaration(DECLARATION).cookie("gone").refused(404, "session_not_found");
    }

    @Test
    void startTakesNoNoticeOfASession() {
        String session = api.started();
        assertThat(api.start().cookie(session).ok().text("session_id")).isNotEqualTo(session);
    }

    @Test
    void statusReadsTheCookieOfItsFlow() {
        String genesis = api.started();
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
    void aBrowserInTwoFlowsHasToSayWhichOneItMeans() {
        String genesis = api.started();
        String tour = api.start().field("flow", "tour").ok().text("session_id");
        String both = "onward_genesis=" + genesis + "; onward_tour=" + tour;
        api.complete().header("Cookie", both).refusedFor("flow");
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
