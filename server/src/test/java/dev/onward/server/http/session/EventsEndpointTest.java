package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.OnEachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The history of a session. */
@OnEachDatabase
class EventsEndpointTest extends HttpTest {

    @Test
    void everyChangeRecordsAnEventInOrderWithoutTheAnswer() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "team", SetupFlow.OTHER_TEAM).ok();
        api.action(session, "dismiss").ok();
        api.action(session, "reopen").ok();
        SetupFlow.finish(api, session);
        api.action(session, "complete").ok();
        api.action(session, "restart").ok();
        ApiResponse reply = api.events(session).ok();
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
        assertThat(reply.text("/events/0/at")).isEqualTo(TestServer.NOW.toString());
    }

    @Test
    void aRequestThatChangesNothingRecordsNothing() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "team", SetupFlow.TEAM).ok();
        api.action(session, "reopen").ok();
        api.action(session, "complete").expectProblem(409, "steps_missing");
        assertThat(lines(api.events(session).ok())).hasSize(3);
    }

    @Test
    void pagesAreCompleteAlsoForEventsOfTheSameMoment() {
        String session = SetupFlow.startWithPlan(api);
        SetupFlow.finish(api, session);
        List<String> all = lines(api.events(session).ok()).toList();
        for (int limit = 1; limit <= all.size(); limit++) {
            List<String> paged = new ArrayList<>();
            ApiResponse page = api.events(session).query("limit", limit).ok();
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
    void newEventsAppearOnTheLastPage() {
        String session = SetupFlow.startWithPlan(api);
        String cursor = api.events(session).query("limit", 2).ok().text("next_cursor");
        api.submit(session, "motto", SetupFlow.MOTTO).ok();
        assertThat(lines(api.events(session).query("cursor", cursor).ok()))
                .containsExactly("3 step_done plan", "4 step_done motto");
    }

    @Test
    void rejectsAForeignCursor() {
        String session = SetupFlow.startWithPlan(api);
        String cursor = api.events(session).query("limit", 1).ok().text("next_cursor");
        api.events(session).query("cursor", "nonsense").expectInvalidField("cursor");
        api.events(session).query("cursor", "").expectInvalidField("cursor");
        api.events(session).query("cursor", cursor + "A").expectInvalidField("cursor");
        api.events(session)
                .query("cursor", (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1))
                .expectInvalidField("cursor");
        api.events(SetupFlow.startWithPlan(api)).query("cursor", cursor).expectInvalidField("cursor");
        api.sessions().query("cursor", cursor).expectInvalidField("cursor");
        String listed = api.sessions().query("limit", 1).ok().text("next_cursor");
        api.events(session).query("cursor", listed).expectInvalidField("cursor");
    }

    @Test
    void aCursorIsOpaque() {
        String session = SetupFlow.startWithPlan(api);
        assertThat(api.events(session).query("limit", 2).ok().text("next_cursor"))
                .doesNotContain(session)
                .doesNotContain("team");
    }

    @Test
    void aPageHasOneToTwoHundredEvents() {
        String session = api.startSession();
        api.events(session).query("limit", 200).ok();
        for (String limit : List.of("0", "201", "-1", "1.5", "many", "")) {
            api.events(session).query("limit", limit).expectInvalidField("limit");
        }
    }

    @Test
    void returnsTheEventsOfTheCurrentSessionByItsCookie() {
        assertThat(lines(api.events("current").cookie(api.startSession()).ok())).hasSize(1);
        api.events("current").expectProblem(422, "session_required");
    }

    private static Stream<String> lines(ApiResponse page) {
        return page.at("events")
                .valueStream()
                .map((JsonNode event) ->
                        event.get("revision") + " " + event.get("type").stringValue() + " "
                                + event.get("step").stringValue());
    }
}
