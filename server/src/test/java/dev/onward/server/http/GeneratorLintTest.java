package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Keeps out of {@code openapi.yaml} what openapi-generator 7.17 and openapi-typescript 7.13 make unusable clients of.
 * {@code launcher/test/clients-test.sh} generates, compiles and calls them.
 */
class GeneratorLintTest {
    private static final ObjectNode ROOT = Description.document();

    /** Java: a method without a type for its parameter. */
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

    /** Go: constants and defaults of a type that is never declared. */
    @Test
    void everyEnumAndConstHasAType() {
        assertThat(schemasWhere(schema -> (schema.path("enum").isArray() || schema.has("const"))
                        && !schema.has("type")
                        && !isCondition(schema)))
                .isEmpty();
    }

    /** Go: a default of a type that is never declared. */
    @Test
    void noEnumWithNullHasADefault() {
        assertThat(schemasWhere(schema -> schema.has("default")
                        && schema.path("enum").valueStream().anyMatch(JsonNode::isNull)))
                .isEmpty();
    }

    /** Go: constants are named by their values alone. */
    @Test
    void noValueStandsInTwoNamedEnums() {
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

    /** Go: the same type in the file of each tag. */
    @Test
    void everyOperationHasOneTagAndAnIdOfItsOwn() {
        List<JsonNode> operations = operations().toList();
        assertThat(operations)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.get("tags")).hasSize(1));
        assertThat(operations.stream()
                        .map(operation -> operation.path("operationId").asString()))
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    /** Python: a module that cannot be imported. */
    @Test
    void noTimeHasAPattern() {
        assertThat(schemasWhere(
                        schema -> schema.path("format").asString("").startsWith("date") && schema.has("pattern")))
                .isEmpty();
    }

    /** Python: a text or a time that must not be null. */
    @Test
    void noTextIsNullByAnyOf() {
        assertThat(schemasWhere(schema -> schema.path("anyOf")
                        .valueStream()
                        .filter(one -> one.has("$ref"))
                        .map(one -> ROOT.at(one.get("$ref").asString().substring(1)))
                        .anyMatch(one -> !one.path("type").asString().equals("object"))))
                .isEmpty();
    }

    /** TypeScript: a field that callers have to send. */
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

    /** Java: an empty map is sent for what was not set. */
    @Test
    void mapsThatMayBeLeftOutMayBeNull() {
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

    /** All: the first kind of content is the one that the client sends. */
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

    /** The schema of a condition ({@code if}) becomes no code. */
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

    /** Visits every object but those of examples. */
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
