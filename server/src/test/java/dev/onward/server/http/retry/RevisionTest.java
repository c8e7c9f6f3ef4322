package dev.onward.server.http.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.ConcurrentRequests;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two devices on one session: a device that sends {@code If-Match} cannot overwrite a change that it has not seen. */
@OnEachDatabase
class RevisionTest extends HttpTest {

    @Test
    void everyResponseWithASessionHasItsRevisionAsAStrongETag() {
        ApiResponse started = api.start().field("flow", SetupFlow.FLOW).ok();
        assertThat(started.header("ETag")).contains("\"1\"");
        String session = started.text("session_id");
        assertThat(api.submit(session, "team", SetupFlow.TEAM).ok().header("ETag"))
                .contains("\"2\"");
        assertThat(api.submit(session, "plan", SetupFlow.FREE).ok().header("ETag"))
                .contains("\"3\"");
        assertThat(api.action(session, "steps/notes/skip").ok().header("ETag")).contains("\"4\"");
        assertThat(api.action(session, "dismiss").ok().header("ETag")).contains("\"5\"");
        assertThat(api.action(session, "reopen").ok().header("ETag")).contains("\"6\"");
        assertThat(api.session(session).ok().header("ETag")).contains("\"6\"");
        assertThat(api.status().inSession(session).ok().header("ETag")).contains("\"6\"");
        assertThat(api.action(session, "complete")
                        .expectProblem(409, "steps_missing")
                        .header("ETag"))
                .contains("\"6\"");
        assertThat(api.action(session, "claim").field("user_id", "rev").ok().header("ETag"))
                .contains("\"7\"");
        assertThat(api.status().query("user_id", "rev").ok().header("ETag")).contains("\"7\"");
        assertThat(api.action(session, "restart").ok().header("ETag")).contains("\"1\"");
    }

    @Test
    void responsesOfTheOriginalEndpointsHaveItToo() {
        ApiResponse declared = api.declaration("Mine.").ok();
        assertThat(declared.header("ETag")).contains("\"2\"".replace("2", "" + revision(declared)));
        ApiResponse completed =
                api.complete().inSession(declared.text("session_id")).ok();
        assertThat(completed.header("ETag")).contains("\"" + revision(completed) + "\"");
        assertThat(api.status().ok().header("ETag")).as("of the installation").isEmpty();
    }

    private long revision(ApiResponse reply) {
        return api.session(reply.text("session_id")).ok().at("revision").longValue();
    }

    @Test
    void aStaleTagIs412WithTheCurrentSessionAndNothingChanges() {
        String session = SetupFlow.startWithPlan(api);
        for (ApiClient.ApiRequest request : List.of(
                api.submit(session, "team", SetupFlow.OTHER_TEAM),
                api.action(session, "steps/notes/skip"),
                api.action(session, "dismiss"),
                api.action(session, "reopen"),
                api.action(session, "restart"),
                api.action(session, "complete"),
                api.action(session, "claim").field("user_id", "late"),
                api.complete().inSession(session))) {
            ApiResponse reply = request.ifMatch("\"2\"").expectProblem(412, "stale_revision");
            assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
            assertThat(reply.header("ETag")).contains("\"3\"");
        }
        String genesis = api.startSession();
        api.declaration("Mine.").inSession(genesis).ifMatch("\"7\"").expectProblem(412, "stale_revision");
        assertThat(api.session(genesis).ok().at("revision").intValue()).isEqualTo(1);
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"3\"",
                "*",
                "\"1\", \"3\"",
                "\"3\",\"x\"",
                "\"1\"  ,  \"2\",\"3\",",
                "W/\"3\", \"3\"",
                "W/\"3\"",
                "W/\"1\", W/\"3\"",
                "\"3-gzip\"",
                "W/\"3--br\"",
                "\"a,b\", \"3\""
            })
    void aCurrentTagAllowsTheChange(String tags) {
        String session = SetupFlow.startWithPlan(api);
        assertThat(api.submit(session, "team", SetupFlow.OTHER_TEAM)
                        .ifMatch(tags)
                        .ok()
                        .header("ETag"))
                .contains("\"4\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W/\"2\"",
                "\"3-other\"",
                "\"2-gzip\"",
                "\"03\"",
                "\"3 \"",
                "\"\"",
                "\"x\"",
                "\"2\", \"4\"",
                "\"99999999999999999999\"",
                "W/\"2\", W/\"4\""
            })
    void aWrongTagIs412WithTheCurrentTag(String tags) {
        String session = SetupFlow.startWithPlan(api);
        assertThat(api.submit(session, "team", SetupFlow.OTHER_TEAM)
                        .ifMatch(tags)
                        .expectProblem(412, "stale_revision")
                        .text("detail"))
                .contains("is at revision 3", "If-Match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"3", "3\"", "", ",", "\"3\" \"4\"", "\"3\", *", "*, *", "w/\"3\"", "\"3\";q=1"})
    void rejectsAnInvalidIfMatch(String tags) {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "team", SetupFlow.OTHER_TEAM).ifMatch(tags).expectInvalidField("If-Match");
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(3);
    }

    @Test
    void severalHeaderLinesAreOneList() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "team", SetupFlow.OTHER_TEAM)
                .ifMatch("\"1\"")
                .ifMatch("\"3\"")
                .ok();
    }

    @Test
    void rejectsATagWithoutASession() {
        api.declaration("Nobody's.").ifMatch("\"1\"").expectInvalidField("If-Match");
        api.complete().ifMatch("*").expectInvalidField("If-Match");
        api.start().ifMatch("\"1\"").expectInvalidField("If-Match");
        api.cleanup().ifMatch("*").expectInvalidField("If-Match");
    }

    @Test
    void withoutATagDifferentStepsAreBothStoredAndOfOneStepTheLaterAnswer() {
        String session = SetupFlow.startWithPlan(api);
        api.submit(session, "team", SetupFlow.OTHER_TEAM).ok();
        api.submit(session, "notes", SetupFlow.NOTES).ok();
        ApiResponse reply = api.submit(session, "team", SetupFlow.TEAM).ok();
        assertThat(reply.text("/steps/0/answer/name")).isEqualTo("Ada's");
        assertThat(reply.text("/steps/3/answer")).isEqualTo("We begin in May.");
    }

    @Test
    void ofConcurrentRequestsWithOneTagExactlyOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            String session = SetupFlow.startWithPlan(api);
            List<ApiResponse> replies = ConcurrentRequests.send(
                    8,
                    number -> api.submit(session, "notes", "\"number " + number + "\"")
                            .ifMatch("\"3\""));
            assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(1);
            assertThat(replies.stream().filter(reply -> reply.status() == 412)).hasSize(7);
            assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(4);
        }
    }

    @Test
    void ofConcurrentRequestsWithoutATagNoneIsLost() throws Exception {
        String session = SetupFlow.startWithPlan(api);
        List<ApiResponse> replies = ConcurrentRequests.send(
                6,
                number -> number % 2 == 0
                        ? api.submit(session, "notes", "\"number " + number + "\"")
                        : api.submit(session, "team", "{\"name\": \"Team\", \"size\": " + number + "}"));
        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(replies.stream().map(reply -> reply.header("ETag").orElseThrow()))
                .doesNotHaveDuplicates();
        assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(9);
        assertThat(api.events(session).ok().at("events")).hasSize(9);
    }
}
