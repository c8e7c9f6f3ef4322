package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The history of a session. */
@OnEachDatabase
class EventsTest extends HttpTest {

    @Test
    void everyChangeLeavesItsEventInOrderAndNoneSaysWhatWasAnswered() {
        String session = Setup.begun(api);
        api.submit(session, "team", Setup.OTHER_TEAM).ok();
        api.act(session, "dismiss").ok();
        api.act(session, "reopen").ok();
        Setup.finish(api, session);
        api.act(session, "complete").ok();
        api.act(session, "restart").ok();
        Reply reply = api.events(session).ok();
        assertThat(lines(reply))
                .containsExactly(
                        "1 started started",
                        "2 step_done team",
                        "3 step_done plan",
                        "4 revised team",
                        "5 dismissed plan",
                        "6 reopened plan",
                        "7 skipped notes",
                        "8 step_done motto",
                        "9 step_done ready",
                        "9 completed ready",
                        "10 confirmed completed",
                        "11 superseded completed");
        assertThat(reply.body()).doesNotContain("Grace", "Ada", "Make it last");
        assertThat(reply.text("/events/0/at")).isEqualTo(Site.NOW.toString());
    }

    @Test
    void whatChangesNothingLeavesNothing() {
        String session = Setup.begun(api);
        api.submit(session, "team", Setup.TEAM).ok();
        api.act(session, "reopen").ok();
        api.act(session, "complete").refused(409, "steps_missing");
        assertThat(lines(api.events(session).ok())).hasSize(3);
    }

    @Test
    void pagesFollowEachOtherWithoutAGapAlsoThroughEventsOfOneMoment() {
        String session = Setup.begun(api);
        Setup.finish(api, session);
        List<String> all = lines(api.events(session).ok()).toList();
        for (int limit = 1; limit <= all.size(); limit++) {
            List<String> paged = new ArrayList<>();
            Reply page = api.events(session).query("limit", limit).ok();
            paged.addAll(lines(page).toList());
            while (!page.at("next_cursor").isNull()) {
                assertThat(lines(page)).hasSize(limit);
                page = api.events(session)
                        .query("limit", limit)
                        .query("cursor", page.text("next_cursor"))
                        .ok();
                paged.addAll(lines(page).toList());
            }
            assertThat(paged).isEqualTo(all);
        }
    }

    @Test
    void whatHappensWhileOneReadsComesAtTheEnd() {
        String session = Setup.begun(api);
        String cursor = api.events(session).query("limit", 2).ok().text("next_cursor");
        api.submit(session, "motto", Setup.MOTTO).ok();
        assertThat(lines(api.events(session).query("cursor", cursor).ok()))
                .containsExactly("3 step_done plan", "4 step_done motto");
    }

    @Test
    void aCursorThatWasNotAnsweredHereIsRefused() {
        String session = Setup.begun(api);
        String cursor = api.events(session).query("limit", 1).ok().text("next_cursor");
        api.events(session).query("cursor", "nonsense").refusedFor("cursor");
        api.events(session).query("cursor", "").refusedFor("cursor");
        api.events(session).query("cursor", cursor + "A").refusedFor("cursor");
        api.events(session)
                .query("cursor", (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1))
                .refusedFor("cursor");
        api.events(Setup.begun(api)).query("cursor", cursor).refusedFor("cursor");
        api.sessions().query("cursor", cursor).refusedFor("cursor");
        String listed = api.sessions().query("limit", 1).ok().text("next_cursor");
        api.events(session).query("cursor", listed).refusedFor("cursor");
    }

    @Test
    void aCursorHidesWhatItHolds() {
        String session = Setup.begun(api);
        assertThat(api.events(session).query("limit", 2).ok().text("next_cursor"))
                .doesNotContain(session)
                .doesNotContain("team");
    }

    @Test
    void aPageHoldsOneToTwoHundred() {
        String session = api.started();
        api.events(session).query("limit", 200).ok();
        for (String limit : List.of("0", "201", "-1", "1.5", "many", "")) {
            api.events(session).query("limit", limit).refusedFor("limit");
        }
    }

    @Test
    void ofTheCurrentSessionByItsCookie() {
        assertThat(lines(api.events("current").cookie(api.started()).ok())).hasSize(1);
        api.events("current").refused(422, "session_required");
    }

    private static Stream<String> lines(Reply page) {
        return page.at("events")
                .valueStream()
                .map((JsonNode event) ->
                        event.get("revision") + " " + event.get("type").stringValue() + " "
                                + event.get("step").stringValue());
    }
}
