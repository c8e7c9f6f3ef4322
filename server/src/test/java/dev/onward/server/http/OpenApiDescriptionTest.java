package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.OpenApiDescription;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.web.Routes;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.problem.ProblemCode;
import dev.onward.web.route.AllowedInputs;
import dev.onward.web.route.Route;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code openapi.yaml} is complete and correct, and the tests check every response against it. */
class OpenApiDescriptionTest {
    private static final Set<String> OPERATORS = Set.of(
            "PUT /api/onboarding/flows/{flow}",
            "POST /api/onboarding/cleanup",
            "GET /api/onboarding/sessions",
            "GET /api/onboarding/analytics");

    @Test
    void describesExactlyTheRoutesOfTheApi() {
        try (TestServer server = TestServer.local(DatabaseKind.SQLITE)) {
            Set<String> routes =
                    Routes.of(server.services(), new AccessPolicy(Mode.LOCAL, OperatorKey.unknown())).stream()
                            .filter(route -> route.pattern().matches("/(api|health)/.*|/metrics|/openapi.yaml"))
                            .map(route -> route.verb() + " " + route.pattern())
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(operations()).isEqualTo(routes);
        }
    }

    @Test
    void describesExactlyTheInputsOfEachOperation() {
        try (TestServer server = TestServer.local(DatabaseKind.SQLITE)) {
            for (Route route : Routes.of(server.services(), new AccessPolicy(Mode.LOCAL, OperatorKey.unknown()))) {
                if (route.inputs().unknown() == AllowedInputs.UnknownInput.IGNORED) {
                    continue;
                }
                JsonNode operation = OpenApiDescription.root()
                        .get("paths")
                        .get(route.pattern())
                        .get(route.verb().name().toLowerCase(Locale.ROOT));
                assertThat(operation
                                .path("parameters")
                                .valueStream()
                                .map(OpenApiDescription::resolved)
                                .filter(parameter ->
                                        parameter.get("in").stringValue().equals("query"))
                                .map(parameter -> parameter.get("name").stringValue()))
                        .as("parameters of %s", route.pattern())
                        .containsExactlyInAnyOrderElementsOf(route.inputs().parameters());
                JsonNode body =
                        OpenApiDescription.resolved(operation.at("/requestBody/content/application~1json/schema"));
                route.inputs()
                        .fields()
                        .ifPresent(fields -> assertThat(body.path("properties").propertyNames())
                                .as("fields of %s", route.pattern())
                                .containsExactlyInAnyOrderElementsOf(fields));
            }
        }
    }

    @Test
    void describesExactlyTheProblemCodes() {
        assertThat(OpenApiDescription.root()
                        .at("/components/schemas/ProblemCode/enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::code)
                        .toList());
    }

    /** In YAML, a comma in unquoted text may start a new key. */
    @Test
    void noKeyContainsASentence() {
        assertThat(names(OpenApiDescription.root()).filter(name -> name.contains(" ")))
                .isEmpty();
    }

    private static Stream<String> names(JsonNode node) {
        return Stream.concat(node.propertyNames().stream(), node.valueStream().flatMap(OpenApiDescriptionTest::names));
    }

    /** Generated clients have one setter for a bearer token, which reaches one scheme only. */
    @Test
    void hasOneBearerScheme() {
        assertThat(OpenApiDescription.root()
                        .at("/components/securitySchemes")
                        .valueStream()
                        .filter(scheme -> scheme.path("scheme").asString("").equals("bearer")))
                .hasSize(1);
    }

    @Test
    void documents401ForOperatorEndpoints() {
        OpenApiDescription.root()
                .get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> OPERATORS.contains(name(operation.getKey(), path.getKey())))
                        .forEach(operation -> {
                            assertThat(operation.getValue().get("security").toString())
                                    .isEqualTo("[{\"bearer\":[]}]");
                            assertThat(operation.getValue().get("responses").has("401"))
                                    .isTrue();
                        }));
    }

    @Test
    void theExamplesMatchTheirSchemas() {
        JsonNode schemas = OpenApiDescription.root().at("/components/schemas");
        schemas.propertyStream()
                .forEach(schema -> schema.getValue()
                        .path("examples")
                        .forEach(example -> OpenApiDescription.holdSchema("#/$defs/" + schema.getKey(), example)));
        JsonNode responses = OpenApiDescription.root().at("/components/responses");
        responses.forEach(response -> {
            JsonNode content = response.at("/content/application~1problem+json");
            if (content.has("example")) {
                OpenApiDescription.holdSchema(content.at("/schema/$ref").stringValue(), content.get("example"));
            }
        });
        OpenApiDescription.root()
                .at("/components/examples")
                .forEach(example -> OpenApiDescription.holdSchema("#/$defs/Status", example.get("value")));
    }

    @Test
    void theExamplesOfProblemsHaveTheTitlesOfTheirCodes() {
        assertThat(OpenApiDescription.root()
                        .at("/components/responses")
                        .valueStream()
                        .map(response -> response.at("/content/application~1problem+json/example"))
                        .filter(JsonNode::isObject)
                        .toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(example -> assertThat(example.get("title").stringValue())
                        .isEqualTo(ProblemCode.valueOf(
                                        example.get("code").stringValue().toUpperCase(Locale.ROOT))
                                .title()));
    }

    @Test
    void theTestsRejectAnUndocumentedResponse() {
        refusedByTheTests("GET", "/health/live", 200, "{\"status\":\"up\",\"secret\":1}");
        refusedByTheTests("GET", "/health/live", 200, "{}");
        refusedByTheTests("GET", "/health/live", 200, "{\"status\":\"down\"}");
        refusedByTheTests("GET", "/health/live", 201, "{\"status\":\"up\"}");
        refusedByTheTests("POST", "/health/live", 200, "{\"status\":\"up\"}");
        refusedByTheTests("GET", "/nowhere", 200, "{\"status\":\"up\"}");
        OpenApiDescription.check("GET", "/health/live", reply(200, "{\"status\":\"up\"}"));
    }

    private static void refusedByTheTests(String method, String path, int status, String body) {
        assertThatThrownBy(() -> OpenApiDescription.check(method, path, reply(status, body)))
                .isInstanceOf(AssertionError.class);
    }

    private static ApiResponse reply(int status, String body) {
        return new ApiResponse(
                status,
                Map.of("Content-Type", List.of("application/json"), "X-Request-Id", List.of("1")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        OpenApiDescription.root()
                .get("paths")
                .propertyStream()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> operations.add(name(method, path.getKey()))));
        return operations;
    }

    private static String name(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
