package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Flows through the API. Each test publishes flows of its own. */
@OnEachDatabase
class FlowsEndpointTest extends HttpTest {
    private static final String FLOWS = "/api/onboarding/flows";

    @Test
    void anyoneMayListTheFlowsThatCanBeStarted() {
        publish("listed", "Listed").ok();
        ApiResponse reply = api.get(FLOWS).ok();
        assertThat(flows(reply)).contains("genesis", "listed", "setup", "tour").isSorted();
        JsonNode listed = reply.at("flows")
                .valueStream()
                .filter(flow -> flow.get("flow").stringValue().equals("listed"))
                .findFirst()
                .orElseThrow();
        assertThat(listed.toString())
                .isEqualTo("{\"flow\":\"listed\",\"version\":1,\"title\":\"Listed\",\"onboarding\":false,\"steps\":1}");
    }

    @Test
    void aPublishedFlowCanBeStartedAtOnceWithItsOwnCookie() {
        publish("started", "Started").ok();
        ApiResponse reply = api.start().field("flow", "started").ok();
        assertThat(reply.header("Set-Cookie").orElseThrow()).startsWith("onward_started=");
        api.status()
                .query("flow", "started")
                .header("Cookie", "onward_started=" + reply.text("session_id"))
                .ok();
        api.complete()
                .header("Cookie", "onward_started=" + reply.text("session_id"))
                .expectProblem(409, "steps_missing");
    }

    @Test
    void returnsAVersionAsItWasPublished() {
        publish("read", "First").ok();
        publish("read", "Second").ok();
        ApiResponse current = api.get(FLOWS + "/read").ok();
        assertThat(current.at("version").intValue()).isEqualTo(2);
        assertThat(current.at("current_version").intValue()).isEqualTo(2);
        assertThat(current.at("from_file").booleanValue()).isFalse();
        assertThat(current.at("versions").size()).isEqualTo(2);
        assertThat(current.text("published_at"))
                .isEqualTo(server.clock().instant().toString());
        assertThat(current.at("definition").toString())
                .isEqualTo("{\"flow\":\"read\",\"title\":\"Second\",\"steps\":[{\"id\":\"one\",\"title\":\"One\"}]}");
        ApiResponse first = api.get(FLOWS + "/read").query("version", 1).ok();
        assertThat(first.at("version").intValue()).isEqualTo(1);
        assertThat(first.text("/definition/title")).isEqualTo("First");
    }

    @Test
    void anUnknownFlowOrVersionIsNotFound() {
        api.get(FLOWS + "/nowhere").expectProblem(404, "flow_not_found");
        api.get(FLOWS + "/tour").query("version", 2).expectProblem(404, "flow_not_found");
        api.get(FLOWS + "/tour").query("version", 0).expectInvalidField("version");
        api.get(FLOWS + "/tour").query("version", "last").expectInvalidField("version");
    }

    @Test
    void anInvalidFlowNameIsNotFound() {
        api.get(FLOWS + "/a%00b").expectProblem(404, "flow_not_found");
    }

    @Test
    void publishingUnchangedContentIsANoOp() {
        assertThat(publish("again", "Again").ok().text("verdict")).isEqualTo("published");
        ApiResponse second = api.put(FLOWS + "/again")
                .operator()
                .json(
                        "{ \"flow\": \"again\", \"title\": \"Again\", \"steps\": [{\"id\": \"one\", \"title\": \"One\"}] }")
                .ok();
        assertThat(second.text("verdict")).isEqualTo("unchanged");
        assertThat(second.at("version").intValue()).isEqualTo(1);
    }

    @Test
    void contentOfAnOlderVersionBecomesCurrentOnlyOnRequest() {
        publish("back", "First").ok();
        publish("back", "Second").ok();
        ApiResponse stored = publish("back", "First").ok();
        assertThat(stored.text("verdict")).isEqualTo("not_current");
        assertThat(stored.at("version").intValue()).isEqualTo(1);
        assertThat(stored.at("current_version").intValue()).isEqualTo(2);
        ApiResponse back = publish("back", "First").query("make_current", true).ok();
        assertThat(back.text("verdict")).isEqualTo("made_current");
        assertThat(back.at("current_version").intValue()).isEqualTo(1);
        publish("back", "First").query("make_current", "yes").expectInvalidField("make_current");
    }

    @Test
    void rejectsPutForAFlowThatComesFromAFile() {
        ApiResponse reply = api.put(FLOWS + "/tour")
                .operator()
                .body("application/yaml", yaml("tour", "Another"))
                .expectProblem(409, "flow_from_file");
        assertThat(reply.text("detail")).contains("Change the file");
        assertThat(api.get(FLOWS + "/tour").ok().at("versions").size()).isEqualTo(1);
    }

    @Test
    void onlyTheOperatorPublishes() {
        api.put(FLOWS + "/mine")
                .body("application/yaml", yaml("mine", "Mine"))
                .expectProblem(401, "operator_key_required");
        api.get(FLOWS + "/mine").expectProblem(404, "flow_not_found");
    }

    @Test
    void reportsAllErrorsOfAnInvalidDefinitionAndPublishesNothing() {
        ApiResponse reply = api.put(FLOWS + "/bad")
                .operator()
                .body("application/yaml", """
                        flow: bad
                        title: 7
                        steps:
                          - {id: one, title: One, when: {two: {}}}
                          - {id: one, title: One, input: {type: objekt}}
                        """.getBytes(StandardCharsets.UTF_8))
                .expectProblem(422, "invalid_flow");
        assertThat(reply.at("errors").valueStream().map(error -> error.get("line") + " " + error.get("key")))
                .containsExactly(
                        "2 \"title\"", "4 \"steps[0].when.two\"", "5 \"steps[1].id\"", "5 \"steps[1].input.type\"");
        assertThat(reply.text("/errors/1/detail"))
                .isEqualTo("steps[0].when.two is not a step of this flow: name an earlier one.");
        api.get(FLOWS + "/bad").expectProblem(404, "flow_not_found");
    }

    @Test
    void theFlowInTheBodyMustMatchTheUrl() {
        ApiResponse reply = api.put(FLOWS + "/one")
                .operator()
                .body("application/yaml", yaml("other", "Other"))
                .expectProblem(422, "invalid_flow");
        assertThat(reply.text("/errors/0/key")).isEqualTo("flow");
        assertThat(reply.at("/errors/0/line").isNull()).isTrue();
        api.put(FLOWS + "/one").operator().expectProblem(422, "invalid_flow");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/yaml, 200",
        "'application/yaml; charset=utf-8', 200",
        "text/yaml, 200",
        "application/x-yaml, 200",
        "application/yaml; charset=latin1, 415",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415"
    })
    void aDefinitionMustHaveASupportedContentType(String contentType, int status) {
        assertThat(api.put(FLOWS + "/typed")
                        .operator()
                        .body(contentType, yaml("typed", "Typed"))
                        .send()
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aDefinitionHasAMaximumSize() {
        byte[] large = ("flow: large\ntitle: x\n#" + "x".repeat(600_000)).getBytes(StandardCharsets.UTF_8);
        ApiResponse reply = api.put(FLOWS + "/large")
                .operator()
                .body("application/yaml", large)
                .expectProblem(413, "too_large");
        assertThat(reply.text("detail")).contains("512 KiB");
        api.put(FLOWS + "/large")
                .operator()
                .body("application/yaml", new byte[] {'f', (byte) 0xe4})
                .expectProblem(400, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void rejectsExcessiveNesting(String open) {
        api.put(FLOWS + "/deep")
                .operator()
                .body("application/json", open.repeat(40_000).getBytes(StandardCharsets.UTF_8))
                .expectProblem(422, "invalid_flow");
    }

    @Test
    void otherSitesCannotPublish() {
        api.put(FLOWS + "/foreign")
                .operator()
                .header("Origin", "https://elsewhere.example")
                .body("application/yaml", yaml("foreign", "Foreign"))
                .expectProblem(403, "origin_not_allowed");
        api.get(FLOWS + "/foreign").expectProblem(404, "flow_not_found");
    }

    @Test
    void anotherMethodGets405WithTheAllowedMethods() {
        assertThat(api.request("DELETE", FLOWS + "/tour").send().is(405).header("Allow"))
                .contains("GET, HEAD, PUT");
        api.request("HEAD", FLOWS + "/tour").send().is(200);
        api.post(FLOWS).send().is(405);
    }

    @Test
    void aDryRunReportsTheResultAndChangesNothing() {
        String first = flow("moving", "steps:\n  - {id: one, title: One, input: {type: string}}\n");
        String next = flow(
                "moving",
                "in_flight: migrate\nsteps:\n  - {id: one, title: One, input: {type: string, maxLength: 3}}\n");
        put("moving", first).ok();
        String open = api.startSessionIn("moving");
        String tooLong = api.startSessionIn("moving");
        api.submit(tooLong, "one", "\"Augusta\"").ok();
        String other = api.startSessionIn("moving");
        put("moving", first + "  - {id: two, title: Two}\n").ok();
        api.submit(other, "one", "\"Augusta\"").ok();

        ApiResponse reply = put("moving", next).query("dry_run", true).ok();

        assertThat(reply.at("dry_run").booleanValue()).isTrue();
        assertThat(reply.text("verdict")).isEqualTo("published");
        assertThat(reply.text("in_flight")).isEqualTo("migrate");
        assertThat(reply.at("version").intValue()).isEqualTo(3);
        assertThat(reply.at("sessions").toString())
                .as("a completed one is not concerned")
                .isEqualTo("{\"total\":1,\"looked_at\":1,\"clean\":1,\"unmapped\":0,\"unmapped_sessions\":[]}");
        assertThat(api.get(FLOWS + "/moving").ok().at("versions").size()).isEqualTo(2);
        assertThat(api.session(open).inSession(open).ok().at("flow_version").intValue())
                .isEqualTo(1);
        put("moving", next).query("dry_run", "maybe").expectInvalidField("dry_run");
    }

    @Test
    void aDryRunListsTheSessionsThatWouldStay() {
        put("staying", flow("staying", "steps:\n  - {id: one, title: One}\n  - {id: two, title: Two}\n"))
                .ok();
        String id = api.startSessionIn("staying");
        api.submit(id, "one", "{}").ok();
        String next = flow("staying", "in_flight: migrate\nsteps:\n  - {id: two, title: Two}\n");
        ApiResponse reply = put("staying", next).query("dry_run", true).ok();
        assertThat(reply.at("sessions").toString())
                .isEqualTo("{\"total\":1,\"looked_at\":1,\"clean\":0,\"unmapped\":1,\"unmapped_sessions\":[\"" + id
                        + "\"]}");
        api.put(FLOWS + "/staying")
                .body("application/yaml", next.getBytes(StandardCharsets.UTF_8))
                .query("dry_run", true)
                .expectProblem(401, "operator_key_required");
    }

    @Test
    void aDryRunUnderPinListsNoUnmappedSessions() {
        put("pinned", flow("pinned", "steps:\n  - {id: one, title: One}\n")).ok();
        api.startSessionIn("pinned");
        String next = flow("pinned", "steps:\n  - {id: two, title: Two}\n");
        assertThat(put("pinned", next)
                        .query("dry_run", true)
                        .ok()
                        .at("sessions")
                        .toString())
                .isEqualTo("{\"total\":1,\"looked_at\":1,\"clean\":0,\"unmapped\":0,\"unmapped_sessions\":[]}");
    }

    @Test
    void showsAFinishedRelease() {
        put("told", flow("told", "steps:\n  - {id: one, title: One}\n")).ok();
        assertThat(api.get(FLOWS + "/told").ok().at("/release/finished_at").isNull())
                .isFalse();
        put("told", flow("told", "in_flight: restart\nsteps:\n  - {id: two, title: Two}\n"))
                .ok();
        ApiResponse reply = api.get(FLOWS + "/told").ok();
        assertThat(reply.at("/release/version").intValue()).isEqualTo(2);
        assertThat(reply.at("/release/finished_at").isNull()).isTrue();
        assertThat(reply.at("/release/moved").intValue()).isZero();
    }

    @Test
    void neverServesAVersionThatWasEditedInTheDatabase() {
        publish("edited", "Edited").ok();
        server.database()
                .execute("UPDATE onboarding_flow_versions SET definition = replace(definition, 'Edited', 'Mine')"
                        + " WHERE flow = 'edited'");
        server.clock().advance(Duration.ofSeconds(2));
        publish("other", "Other").ok();
        api.get(FLOWS + "/edited").expectProblem(503, "flow_not_loaded");
    }

    private static List<String> flows(ApiResponse reply) {
        return reply.at("flows")
                .valueStream()
                .map(flow -> flow.get("flow").stringValue())
                .toList();
    }

    private ApiClient.ApiRequest publish(String flow, String title) {
        return api.put(FLOWS + "/" + flow).operator().body("application/yaml", yaml(flow, title));
    }

    private ApiClient.ApiRequest put(String flow, String definition) {
        return api.put(FLOWS + "/" + flow)
                .operator()
                .body("application/yaml", definition.getBytes(StandardCharsets.UTF_8));
    }

    private static String flow(String flow, String lines) {
        return "flow: " + flow + "\ntitle: Flow\n" + lines;
    }

    private static byte[] yaml(String flow, String title) {
        return """
                flow: %s
                title: %s
                steps:
                  - {id: one, title: One}
                """.formatted(flow, title).getBytes(StandardCharsets.UTF_8);
    }
}
