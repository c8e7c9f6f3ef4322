package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.schema.review.SchemaIssues;
import dev.onward.schema.review.SchemaProblem;
import dev.onward.schema.review.SchemaReview;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in schemas are found: an error if the schema is useless, a warning if it works. */
class SchemaSlipsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"requried": ["a"]} | /requried | did you mean required?
                    {"properties": {"a": {"maxlength": 20}}} | /properties/a/maxlength | did you mean maxLength?
                    {"items": {"titel": "A"}} | /items/titel | did you mean title?
                    {"min_length": 2} | /min_length | did you mean minLength?
                    {"additionalproperty": false} | /additionalproperty | is not a JSON Schema keyword and has no effect
                    {"format": "e-mail"} | /format | did you mean email?
                    {"format": "datetime"} | /format | did you mean date-time?
                    {"format": "phone"} | /format | is an unknown format and is not checked: JSON Schema 2020-12 has date, date-time
                    {"type": "integer", "default": "many"} | /default | does not match its own schema: it must be a whole number
                    {"minLength": 2, "examples": ["ab", "c"]} | /examples/1 | it must have at least 2 characters
                    {"default": null, "type": "string"} | /default | it must be text
                    {"default": {}, "required": ["a"], "properties": {"a": {}}} | /default | it has /a, which is missing
                    {"$defs": {"x": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/x", "default": 1}}} | /properties/a/default | it must be text
                    {"enum": ["a", 1], "type": "string"} | /enum/1 | can never be valid: it must be text
                    {"oneOf": [{"const": "a"}, {"const": 1, "title": "B"}], "type": "string"} | /oneOf/1/const | can never be valid
                    {"properties": {"name": {}}, "required": ["nmae"]} | /required | names nmae, which has no schema: did you mean name?
                    {"type": "object", "required": ["name"]} | /required | names name, which has no schema: add it
                    {"properties": {"a": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]} | /anyOf/1/required | names b
                    {"properties": {"a": {}, "zip": {}}, "dependentRequired": {"a": ["zpi"]}} | /dependentRequired/a | did you mean zip?
                    """)
    void warnsAboutLikelyMistakesInWorkingSchemas(String schema, String pointer, String words) {
        SchemaIssues found = SchemaReview.ofAnswer(schema(schema));
        assertThat(found.problems()).isEmpty();
        assertThat(found.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.pointer()).isEqualTo(pointer);
            assertThat(warning.problem()).contains(words);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"properties": {"a": {"enum": []}}} | /properties/a/enum | has no values
                    {"type": "interger"} | /type | there is no type interger. Did you mean integer?
                    {"type": ["string", "nul"]} | /type/1 | Did you mean null?
                    {"type": "money"} | /type | there are array, boolean, integer
                    {"required": true} | /required | is not JSON Schema 2020-12: it must be a list
                    {"properties": {"name": {}}, "required": ["nmae"], "additionalProperties": false} | /required | did you mean name?
                    {"type": "integer", "enum": ["a"]} | /enum/0 | can never be valid, like any other value here: it must be a whole number
                    {"type": "string", "const": 1} | /const | can never be valid
                    {"minLength": 3, "maxLength": 2} | /minLength | contradicts maxLength 2
                    {"exclusiveMinimum": 2, "maximum": 2.0} | /exclusiveMinimum | contradicts
                    """)
    void reportsSchemasThatCanNeverMatchAsErrors(String schema, String pointer, String words) {
        assertThat(SchemaReview.ofAnswer(schema(schema)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo(pointer);
                    assertThat(problem.problem()).contains(words);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"x-requried": 1, "note": "of somebody's own", "placeholder": "also"}""", """
                {"properties": {"requried": {}, "maxlength": {"const": {"titel": 1}}}, "required": ["maxlength"]}""", """
                {"minLength": 2, "maxLength": 2, "minimum": 1, "maximum": 1}""", """
                {"patternProperties": {"^x": {}}, "required": ["x1"]}""", """
                {"additionalProperties": {"type": "string"}, "required": ["a"]}""", """
                {"properties": {"a": {}}, "allOf": [{"properties": {"b": {}}}], "required": ["b"]}""", """
                {"$defs": {"b": {"properties": {"b": {}}}, "c": {"required": ["a"]}},
                 "properties": {"a": {}}, "required": ["b"], "allOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/c"}]}""", """
                {"properties": {"a": {}}, "not": {"required": ["b"]}}""", """
                {"enum": ["a", "b"], "default": "b", "examples": ["a"]}""", """
                {"$defs": {"x": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/x", "default": "b"}}}"""})
    void doesNotWarnAboutIntendedSchemas(String schema) {
        assertThat(SchemaReview.ofAnswer(schema(schema))).isEqualTo(new SchemaIssues(List.of(), List.of()));
    }

    @Test
    void aConditionNeedNotDescribeEveryField() {
        AnswerSchema condition = schema("{\"required\": [\"role\"], \"properties\": {\"size\": {\"const\": 1}}}");
        assertThat(SchemaReview.ofAnswer(condition).warnings()).hasSize(1);
        assertThat(SchemaReview.ofCondition(condition).warnings()).isEmpty();
    }

    @Test
    void oneMistakeHidesNoOther() {
        SchemaIssues found = SchemaReview.ofAnswer(schema("""
                {"type": "objekt", "pattern": "[", "minLength": "x", "requried": ["a"], "properties": {"a": {"enum": []}}}"""));
        assertThat(found.problems())
                .extracting(SchemaProblem::pointer)
                .containsExactlyInAnyOrder("/type", "/pattern", "/minLength", "/properties/a/enum");
        assertThat(found.warnings()).extracting(SchemaProblem::pointer).containsExactly("/requried");
    }

    @SuppressWarnings("unchecked")
    private static AnswerSchema schema(String json) {
        return AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(json)));
    }
}
