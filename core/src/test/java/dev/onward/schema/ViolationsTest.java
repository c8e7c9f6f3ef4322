package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.review.SchemaReview;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How violations are reported to people: one entry for each rule of a field, and one for a choice. */
class ViolationsTest {

    @Test
    void eachViolatedRuleIsASeparateEntry() {
        assertThat(violations("""
                        {"properties": {"name": {"minLength": 2, "pattern": "^[A-Z]"}}, "required": ["size"]}""", """
                        {"name": "a"}"""))
                .containsExactlyInAnyOrder(
                        new Violation("/name", "must have at least 2 characters"),
                        new Violation("/name", "does not have the required format"),
                        new Violation("/size", "is missing"));
    }

    @Test
    void reportsTheSameProblemOnce() {
        String same = "[" + "1,".repeat(30_000) + "1]";
        assertThat(violations("{\"uniqueItems\": true}", same))
                .containsExactly(new Violation("", "must not contain the same entry twice"));
    }

    @Test
    void reportsAtMost100Fields() {
        assertThat(violations("{\"items\": {\"type\": \"string\"}}", "[" + "1,".repeat(30_000) + "1]"))
                .hasSize(100)
                .contains(new Violation("/99", "must be text"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"anyOf": [{"const": "a"}, {"const": "b"}, {"minLength": 3}]} | "c" | must be one of a, b, or must have at least 3 characters
                    {"anyOf": [{"minLength": 3}, {"const": "a"}]} | "c" | must be a, or must have at least 3 characters
                    {"anyOf": [{"const": "a"}, {"minLength": 3, "pattern": "^d"}]} | "c" | must be a, or must have at least 3 characters and does not have the required format
                    {"anyOf": [{"type": "null"}, {"type": "integer"}]} | "c" | must be null, or must be a whole number
                    {"anyOf": [{"const": 1}, {"anyOf": [{"const": 2}, {"const": 3}]}]} | 4 | must be one of 1, 2, 3
                    {"$defs": {"x": {"const": 2}}, "anyOf": [{"const": 1}, {"$ref": "#/$defs/x"}]} | 4 | must be one of 1, 2
                    {"oneOf": [{"const": "a"}, {"type": "integer"}]} | "c" | must be a, or must be a whole number
                    {"oneOf": [{"type": "string"}, {"minLength": 1}]} | "c" | matches more than one choice, but only one is allowed
                    {"oneOf": [{"const": "a"}, {"type": "string"}, {"minLength": 1}]} | "c" | matches more than one choice, but only one is allowed
                    """)
    void reportsAChoiceAsOneViolation(String schema, String answer, String words) {
        assertThat(violations(schema, answer)).containsExactly(new Violation("", words));
    }

    @Test
    void doesNotReportARuleOfOneOptionAsARuleOfAll() {
        assertThat(violations("""
                        {"anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}""", "{}"))
                .containsExactly(
                        new Violation("/email", "is missing, unless another choice matches"),
                        new Violation("/phone", "is missing, unless another choice matches"));
    }

    @Test
    void reportsARuleThatAllOptionsShare() {
        assertThat(violations("""
                        {"anyOf": [{"required": ["kind", "email"]}, {"required": ["kind", "phone"]}]}""", "{}"))
                .containsExactlyInAnyOrder(
                        new Violation("/kind", "is missing"),
                        new Violation("/email", "is missing, unless another choice matches"),
                        new Violation("/phone", "is missing, unless another choice matches"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anyOf", "oneOf"})
    void aConstantFieldSelectsTheOption(String choice) {
        String schema = """
                {"%s": [
                    {"type": "null"},
                    {"required": ["kind", "vat"], "properties": {"kind": {"const": "firm"}, "vat": {"type": "string"}}},
                    {"required": ["kind", "age"], "properties": {
                        "kind": {"const": "person"}, "age": {"anyOf": [{"minimum": 18}, {"const": 0}]}}}
                ]}""".formatted(choice);
        assertThat(violations(schema, "{\"kind\": \"firm\"}")).containsExactly(new Violation("/vat", "is missing"));
        assertThat(violations(schema, "{\"kind\": \"person\", \"age\": 3}"))
                .containsExactly(new Violation("/age", "must be 0, or must be 18 or more"));
        assertThat(violations(schema, "{\"kind\": \"club\"}"))
                .containsExactly(new Violation("/kind", "must be one of firm, person"));
        assertThat(violations(schema, "{\"age\": 20}"))
                .containsExactlyInAnyOrder(
                        new Violation("/kind", "is missing"),
                        new Violation("/vat", "is missing, unless another choice matches"));
    }

    @Test
    void anEntryThatMatchesTooManyOptionsHidesNoOtherViolation() {
        assertThat(violations("""
                        {"items": {"oneOf": [{"const": 1}, {"type": "integer"}]}}""", "[1, \"x\"]"))
                .containsExactly(
                        new Violation("/0", "matches more than one choice, but only one is allowed"),
                        new Violation("/1", "must be 1, or must be a whole number"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"dependentRequired": {"card": ["zip"]}} | {"card": 1} | /zip | is missing
                    {"dependencies": {"card": ["zip"]}} | {"card": 1} | /zip | is missing
                    {"dependentSchemas": {"card": {"required": ["a/b"]}}} | {"card": 1} | /a~1b | is missing
                    {"dependentSchemas": {"card": {"properties": {"zip": {"type": "string"}}}}} | {"card": 1, "zip": 2} | /zip | must be text
                    {"dependentSchemas": {"card": false}} | {"card": 1} | /card | is not allowed here
                    {"if": {"required": ["a"]}, "then": {"required": ["b"]}} | {"a": 1} | /b | is missing
                    {"if": {"required": ["a"]}, "then": {"properties": {"b": false}}} | {"a": 1, "b": 2} | /b | is not allowed here
                    {"if": {"required": ["a"]}, "else": {"properties": {"b": {"minimum": 3}}}} | {"b": 2} | /b | must be 3 or more
                    {"if": {"required": ["a"]}, "then": false} | {"a": 1} | | is not allowed here
                    {"properties": {"a": {}}, "unevaluatedProperties": false} | {"a": 1, "x/y": 2} | /x~1y | is not an expected field
                    {"unevaluatedProperties": {"type": "string"}} | {"x": 2} | /x | must be text
                    {"prefixItems": [{}], "unevaluatedItems": false} | [1, 2] | /1 | is not an expected field
                    {"prefixItems": [{}], "items": false} | [1, 2] | /1 | is not an expected field
                    {"propertyNames": {"pattern": "^[a-z]+$"}} | {"A/B": 1, "b": 2} | /A~1B | has a name that is not allowed here
                    {"propertyNames": {"maxLength": 2, "enum": ["b"]}} | {"ABC": 1, "b": 2} | /ABC | has a name that is not allowed here
                    {"contains": {"type": "string"}} | [1] | | must have at least 1 entry of the required kind
                    {"properties": {"a": {"contains": {"const": "x"}, "minContains": 2}}} | {"a": ["x"]} | /a | must have at least 2 entries x
                    {"contains": {"enum": ["x", "y"]}, "maxContains": 1} | ["x", "y"] | | must have at most 1 entry among x, y
                    {"minProperties": 2} | {"a": 1} | | must have at least 2 fields
                    {"maxProperties": 1} | {"a": 1, "b": 2} | | must have at most 1 field
                    {"not": {"required": ["a"]}} | {"a": 1} | /a | is not allowed here
                    {"not": {"required": ["a"], "properties": {"a": {"const": 1}}}} | {"a": 1} | /a | is not allowed here
                    {"properties": {"name": {"not": {"const": "admin"}}}} | {"name": "admin"} | /name | must not be admin
                    {"patternProperties": {"^x": false}} | {"xy": 1} | /xy | is not allowed here
                    {"properties": {"a": {"allOf": [{"contains": {"const": 1}}]}}} | {"a": [2]} | /a | must have at least 1 entry 1
                    """)
    void anErrorNamesTheFieldThatMustChange(String schema, String answer, @Nullable String pointer, String words) {
        assertThat(violations(schema, answer))
                .containsExactly(new Violation(Objects.requireNonNullElse(pointer, ""), words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oneOf", "not"})
    void reportsEachOfTwoFieldsThatExcludeEachOther(String rule) {
        String schema = rule.equals("oneOf")
                ? "{\"oneOf\": [{\"required\": [\"a\", \"c\"]}, {\"required\": [\"b\", \"c\"]}]}"
                : "{\"not\": {\"required\": [\"a\", \"b\"]}}";
        assertThat(violations(schema, "{\"a\": 1, \"b\": 2, \"c\": 3}"))
                .containsExactly(
                        new Violation("/a", "cannot be combined with b"),
                        new Violation("/b", "cannot be combined with a"));
    }

    @Test
    void aPropertyMayBeNamedLikeAChoiceKeyword() {
        assertThat(violations("""
                        {"properties": {"oneOf": {"properties": {"0": {"const": 1}}}}}""", """
                        {"oneOf": {"0": 2}}""")).containsExactly(new Violation("/oneOf/0", "must be 1"));
    }

    @SuppressWarnings("unchecked")
    private static List<Violation> violations(String schema, String answer) {
        AnswerSchema parsed = AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(schema)));
        assertThat(SchemaReview.ofAnswer(parsed).problems()).isEmpty();
        return parsed.violations(Objects.requireNonNull(Json.read(answer)));
    }
}
