package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.review.SchemaProblem;
import dev.onward.schema.review.SchemaReview;
import dev.onward.schema.validator.SchemaTree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No {@code $ref}, at any position, makes validation run forever. */
class ReferencesTest {
    private static final List<String> MAPS =
            List.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    /** Each refers twice to the next: just over the maximum number of parts. */
    private static final int GENERATIONS = 12;

    private static final List<String> NAMES = List.of(
            "enum", "const", "default", "examples", "required", "type", "properties", "$defs", "items", "allOf", "a");

    /** A schema with a gap for another one, and the pointer to the gap. */
    record Place(String around, String pointer) {
        String holding(String schema) {
            return around.replace("HERE", schema);
        }

        @Override
        public String toString() {
            return pointer;
        }
    }

    private static Stream<Place> places() {
        Stream<Place> named = MAPS.stream()
                .flatMap(keyword -> NAMES.stream()
                        .map(name -> new Place(
                                "{\"%s\": {\"%s\": HERE}}".formatted(keyword, name),
                                "/%s/%s".formatted(keyword, name))));
        Stream<Place> deeper = NAMES.stream()
                .map(name -> new Place(
                        "{\"properties\": {\"properties\": {\"properties\": {\"%s\": HERE}}}}".formatted(name),
                        "/properties/properties/properties/" + name));
        Stream<Place> lists = Stream.of("allOf", "anyOf", "oneOf", "prefixItems")
                .map(keyword -> new Place("{\"%s\": [{}, HERE]}".formatted(keyword), "/%s/1".formatted(keyword)));
        Stream<Place> single = Stream.of(
                        "items",
                        "additionalProperties",
                        "not",
                        "if",
                        "then",
                        "else",
                        "contains",
                        "propertyNames",
                        "unevaluatedItems",
                        "unevaluatedProperties",
                        "contentSchema")
                .map(keyword -> new Place("{\"%s\": HERE}".formatted(keyword), "/" + keyword));
        return Stream.of(named, deeper, lists, single).flatMap(place -> place);
    }

    @ParameterizedTest
    @MethodSource("places")
    void findsACircularReferenceAnywhere(Place place) {
        String itself = place.holding("{\"items\": {\"$ref\": \"#" + place.pointer + "\"}}");
        assertThat(problems(itself)).singleElement().satisfies(found -> {
            assertThat(found.pointer()).isEqualTo(place.pointer + "/items/$ref");
            assertThat(found.problem()).contains("is circular");
        });
        assertThat(problems(place.holding("{\"anyOf\": [{}, {\"items\": {\"$ref\": \"#\"}}]}")))
                .singleElement()
                .extracting(SchemaProblem::problem)
                .asString()
                .contains("is circular");
    }

    @ParameterizedTest
    @MethodSource("places")
    void findsExponentialReferencesAnywhere(Place place) {
        StringBuilder schema = new StringBuilder("{}");
        for (int i = 0; i < GENERATIONS; i++) {
            schema.insert(0, "{\"$defs\": {\"enum\": ")
                    .append("}, ")
                    .append(twice(place.pointer, i))
                    .append('}');
        }
        assertThat(problems(place.holding(schema.toString())))
                .singleElement()
                .extracting(SchemaProblem::problem)
                .asString()
                .contains("parts after resolving references");
    }

    /** Of nested schemas, the one at this depth refers twice to the schema that it contains. */
    private static String twice(String pointer, int inside) {
        String reference = "{\"$ref\": \"#" + pointer + "/$defs/enum".repeat(GENERATIONS - inside) + "\"}";
        return "\"allOf\": [%s, %s]".formatted(reference, reference);
    }

    @ParameterizedTest
    @MethodSource("places")
    void reviewsSubschemasAtEveryPosition(Place place) {
        assertThat(problems(place.holding("{\"pattern\": \"(?=a)\"}")))
                .extracting(SchemaProblem::pointer)
                .containsExactly(place.pointer + "/pattern");
        assertThat(problems(place.holding("{\"$ref\": \"http://127.0.0.1/x\"}")))
                .extracting(SchemaProblem::pointer)
                .containsExactly(place.pointer + "/$ref");
        assertThat(problems(place.holding("true"))).isEmpty();
        assertThat(problems(place.holding("false"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void resolvesReferencesToSubschemasAtEveryPosition(Place place) {
        String schema = """
                {"$ref": "#/allOf/0%s", "allOf": [%s]}""".formatted(place.pointer, place.holding("{\"const\": 1}"));
        assertThat(problems(schema)).isEmpty();
        assertThat(violations(schema, "2")).contains("must be 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"const", "default", "examples", "enum", "x-of-my-own", "required", "additionalItems"})
    void treatsDataThatResemblesASchemaAsData(String keyword) {
        String data = "{\"$ref\": \"http://127.0.0.1/x\", \"pattern\": \"(\", \"$id\": \"x\"}";
        String value = keyword.equals("const") || keyword.startsWith("x-") || keyword.startsWith("add")
                ? data
                : "[" + data + "]";
        String schema = "{\"%s\": %s}".formatted(keyword, keyword.equals("required") ? "[\"$ref\"]" : value);
        assertThat(problems(schema)).isEmpty();
        assertThat(violations(schema, data)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"const": {"type": "string"}, "$ref": "#/const"}
                    {"enum": [{"type": "string"}], "$ref": "#/enum/0"}
                    {"examples": [{"type": "string"}], "$ref": "#/examples/0"}
                    {"default": {"properties": {"a": {}}}, "$ref": "#/default/properties/a"}
                    {"properties": {"const": {"const": {}}}, "$ref": "#/properties/const/const"}
                    {"x-of-my-own": {"type": "string"}, "$ref": "#/x-of-my-own"}
                    {"properties": {"a": {}}, "$ref": "#/properties"}
                    {"allOf": [{}], "$ref": "#/allOf"}
                    {"allOf": [{}], "$ref": "#/allOf/1"}
                    {"allOf": [{}], "$ref": "#/allOf/00"}
                    {"dependencies": {"a": ["b"]}, "$ref": "#/dependencies/a"}
                    {"$defs": {"a": {}}, "$ref": "#/$defs/a/"}
                    {"$defs": {"a": {}}, "$ref": "#/$defs//a"}
                    {"$defs": {"a~b": {}}, "$ref": "#/$defs/a~b"}
                    {"$defs": {"a/b": {}}, "$ref": "#/$defs/a/b"}
                    {"$defs": {"4294967296": {"const": 1}, "0": {}}, "$ref": "#/$defs/00"}
                    """)
    void rejectsAReferenceToData(String schema) {
        assertThat(problems(schema)).singleElement().satisfies(found -> {
            assertThat(found.pointer()).isEqualTo("/$ref");
            assertThat(found.problem()).contains("does not lead to a schema in this document");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a/b", "a~b", "a~1b", "~", "/", "0", "7", "07", "4294967296", "99999999999999999999", ""})
    void aReferenceUsesTheReferencedSchema(String name) {
        String schema = Json.write(Map.of(
                "$defs",
                Map.of(name, Map.of("const", "meant"), "other", Map.of(), "00", Map.of(), "-1", Map.of()),
                "$ref",
                "#/$defs/" + SchemaTree.escaped(name)));
        assertThat(problems(schema)).isEmpty();
        assertThat(violations(schema, "2")).containsExactly("must be meant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/$defs/a%62", "#/$defs/%61b", "#/%24defs/ab", "#/$defs/a%2Fb", "#/$defs/ab%"})
    void rejectsAReferenceWithPercentSignsBecauseItIsAmbiguous(String reference) {
        String schema = Json.write(Map.of(
                "$defs",
                Map.of("a%62", Map.of(), "ab", Map.of("$ref", "#/$defs/a%62"), "a/b", Map.of(), "ab%", Map.of()),
                "$ref",
                reference));
        assertThat(problems(schema))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.problem()).contains("contains %"));
    }

    @Test
    void rulesBesideAReferenceApply() {
        String schema = """
                {"$defs": {"text": {"type": "string"}}, "$ref": "#/$defs/text", "maxLength": 2, "allOf": [{"minLength": 2}]}""";
        assertThat(problems(schema)).isEmpty();
        assertThat(violations(schema, "\"ab\"")).isEmpty();
        assertThat(violations(schema, "\"abc\"")).containsExactly("must have at most 2 characters");
        assertThat(violations(schema, "\"a\"")).containsExactly("must have at least 2 characters");
        assertThat(violations(schema, "1")).containsExactly("must be text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$id", "id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor"})
    void rejectsOtherReferenceKeywordsButAcceptsFieldsWithTheirNames(String keyword) {
        assertThat(problems("{\"items\": {\"%s\": \"#\"}}".formatted(keyword)))
                .extracting(SchemaProblem::pointer)
                .containsExactly("/items/" + keyword);
        assertThat(problems("{\"properties\": {\"%s\": {\"const\": 1}}}".formatted(keyword)))
                .isEmpty();
        assertThat(problems("{\"$defs\": {\"a\": {\"properties\": {\"$ref\": {}, \"%s\": {}}}}}".formatted(keyword)))
                .isEmpty();
    }

    @Test
    void limitsTheLengthOfAChainOfReferences() {
        String chain = IntStream.range(0, 33)
                .mapToObj(i -> "\"d%d\": {\"$ref\": \"#/$defs/d%d\"}".formatted(i, i + 1))
                .collect(Collectors.joining(", ", "{\"$defs\": {", ", \"d33\": {}}, \"$ref\": \"#/$defs/d0\"}"));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(problems(chain))
                        .singleElement()
                        .extracting(SchemaProblem::problem)
                        .asString()
                        .contains("references"));
    }

    private static List<SchemaProblem> problems(String schema) {
        return SchemaReview.ofAnswer(of(schema)).problems();
    }

    private static List<String> violations(String schema, String answer) {
        return of(schema).violations(Objects.requireNonNull(Json.read(answer))).stream()
                .map(Violation::problem)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static AnswerSchema of(String schema) {
        return AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(schema)));
    }
}
