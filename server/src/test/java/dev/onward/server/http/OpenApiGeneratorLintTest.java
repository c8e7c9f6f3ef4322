package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.OpenApiDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps constructs out of {@code openapi.yaml} that openapi-generator 7.17 or openapi-typescript 7.13 turn into
 * unusable clients. {@code launcher/test/clients-test.sh} generates, compiles and runs clients.
 */
class OpenApiGeneratorLintTest {
    private static final ObjectNode ROOT = OpenApiDescription.document();

    /** Java: otherwise a method's parameter has no type. */
    @Test
    void everySchemaHasOneTypeBesidesNull() {
        assertThat(schemasWhere(schema -> schema.path("type").isArray()
                        && schema.get("type")
                                        .valueStream()
                                        .filter(type -> !type.asString().equals("null"))
                                        .count()
                                > 1))
                .isEmpty();
    }

    /** Go: otherwise constants and defaults have an undeclared type. */
    @Test
    void everyEnumAndConstHasAType() {
        assertThat(schemasWhere(schema -> (schema.path("enum").isArray() || schema.has("const"))
                        && !schema.has("type")
                        && !isCondition(schema)))
                .isEmpty();
    }

    /** Go: otherwise the default has an undeclared type. */
    @Test
    void noEnumWithNullHasADefault() {
        assertThat(schemasWhere(schema -> schema.has("default")
                        && schema.path("enum").valueStream().anyMatch(JsonNode::isNull)))
                .isEmpty();
    }

    /** Go: constants are named after their values only. */
    @Test
    void noValueIsInTwoNamedEnums() {
        Map<String, String> owners = new HashMap<>();
        List<String> twice = new ArrayList<>();
        ROOT.at("/components/schemas")
                .forEachEntry((name, schema) -> schema.path("enum").forEach(value -> {
                    if (owners.putIfAbsent(value.asString(), name) != null) {
                        twice.add(name + " " + value.asString());
                    }
                }));
        assertThat(owners).isNotEmpty();
        assertThat(twice).isEmpty();
    }

    /** Go: otherwise each tag's file declares the same type. */
    @Test
    void everyOperationHasOneTagAndAUniqueId() {
        List<JsonNode> operations = operations().toList();
        assertThat(operations)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.get("tags")).hasSize(1));
        assertThat(operations.stream()
                        .map(operation -> operation.path("operationId").asString()))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    /** Python: otherwise the module cannot be imported. */
    @Test
    void noDateTimeHasAPattern() {
        assertThat(schemasWhere(
                        schema -> schema.path("format").asString("").startsWith("date") && schema.has("pattern")))
                .isEmpty();
    }

    /** Python: otherwise null is rejected. */
    @Test
    void noStringIsNullByAnyOf() {
        assertThat(schemasWhere(schema -> schema.path("anyOf")
                        .valueStream()
                        .filter(one -> one.has("$ref"))
                        .map(one -> ROOT.at(one.get("$ref").asString().substring(1)))
                        .anyMatch(one -> !one.path("type").asString().equals("object"))))
                .isEmpty();
    }

    /** TypeScript: otherwise callers must send the field. */
    @Test
    void noFieldOfABodyHasADefault() {
        List<String> found = new ArrayList<>();
        walk("/components/schemas", ROOT.at("/components/schemas"), (at, schema) -> {
            if (schema.has("default") && !at.endsWith("/properties")) {
                found.add(at);
            }
        });
        assertThat(found).isEmpty();
    }

    /** Java: an empty map is sent for a map that was not set. */
    @Test
    void optionalMapsMayBeNull() {
        List<String> maps = new ArrayList<>();
        List<String> found = new ArrayList<>();
        ROOT.at("/components/schemas").forEachEntry((name, schema) -> {
            if (name.endsWith("Request") || name.endsWith("Definition")) {
                schema.path("properties").forEachEntry((key, property) -> {
                    boolean required = schema.path("required")
                            .valueStream()
                            .anyMatch(one -> one.asString().equals(key));
                    if (property.has("additionalProperties") && !required) {
                        maps.add(name + "." + key);
                        if (!property.path("type").isArray()) {
                            found.add(name + "." + key);
                        }
                    }
                });
            }
        });
        assertThat(maps).contains("StepDefinition.ui");
        assertThat(found).isEmpty();
    }

    /** All: clients send the first content type. */
    @Test
    void bodiesAreJsonFirst() {
        List<String> first = operations()
                .filter(operation -> operation.has("requestBody"))
                .map(operation -> operation
                        .at("/requestBody/content")
                        .propertyNames()
                        .iterator()
                        .next())
                .toList();
        assertThat(first).isNotEmpty().containsOnly("application/json");
    }

    private static Stream<JsonNode> operations() {
        return ROOT.get("paths").valueStream().flatMap(JsonNode::valueStream);
    }

    /** Generators ignore the schema of a condition ({@code if}). */
    private static boolean isCondition(JsonNode schema) {
        return schema.path("const").asString("").equals("request_running");
    }

    private static List<String> schemasWhere(Predicate<JsonNode> wrong) {
        List<String> found = new ArrayList<>();
        walk("", ROOT, (at, schema) -> {
            if (wrong.test(schema)) {
                found.add(at);
            }
        });
        return found;
    }

    /** Visits every object except those in examples. */
    private static void walk(String at, JsonNode node, BiConsumer<String, JsonNode> visit) {
        if (node.isObject()) {
            visit.accept(at, node);
            node.forEachEntry((name, value) -> {
                if (!name.startsWith("example")) {
                    walk(at + "/" + name, value, visit);
                }
            });
        } else if (node.isArray()) {
            node.forEach(value -> walk(at + "/-", value, visit));
        }
    }
}
