package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.review.SchemaProblem;
import dev.onward.schema.review.SchemaReview;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerSchemaTest {
    private static final AnswerSchema TEAM = AnswerSchema.of(Map.of(
            "type",
            "object",
            "required",
            List.of("name", "size"),
            "additionalProperties",
            false,
            "properties",
            Map.of(
                    "name", Map.of("type", "string", "minLength", 2, "pattern", "^[A-Z]"),
                    "size", Map.of("type", "integer", "minimum", 1),
                    "start", Map.of("type", "string", "format", "date"))));

    @Test
    void aValidAnswerHasNoViolations() {
        assertThat(SchemaReview.ofAnswer(TEAM).problems()).isEmpty();
        assertThat(TEAM.violations(Json.read("{\"name\":\"Ada\",\"size\":3,\"start\":\"2026-02-28\"}")))
                .isEmpty();
    }

    @Test
    void eachViolationNamesItsFieldByAJsonPointer() {
        assertThat(TEAM.violations(Json.read("{\"name\":\"a\",\"start\":\"2026-02-30\",\"a/b~\":1}")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/name", "/name", "/size", "/start", "/a~1b~0");
        assertThat(TEAM.violations(Json.read("[]")))
                .extracting(Violation::pointer)
                .containsExactly("");
        assertThat(TEAM.violations(Json.read("{\"size\":1}"))).containsExactly(new Violation("/name", "is missing"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type": "string"} | 3 | must be text
                    {"type": ["integer", "null"]} | 1.5 | must be a whole number or null
                    {"type": "boolean"} | "yes" | must be yes or no (true or false)
                    {"minLength": 1} | "" | must not be empty
                    {"minLength": 2} | "a" | must have at least 2 characters
                    {"maxLength": 1} | "ab" | must have at most 1 character
                    {"pattern": "^a"} | "b" | does not have the required format
                    {"format": "email"} | "b" | must be an e-mail address
                    {"format": "uri"} | "b" | must be a full address, such as https://example.com
                    {"format": "date"} | "2026-02-30" | must be a date, such as 2026-01-31
                    {"format": "hostname"} | "-" | must be a host name, such as www.example.com
                    {"minimum": 2} | 1 | must be 2 or more
                    {"maximum": 2.5} | 3 | must be 2.5 or less
                    {"exclusiveMinimum": 2} | 2 | must be more than 2
                    {"exclusiveMaximum": 2} | 2 | must be less than 2
                    {"multipleOf": 5} | 6 | must be a multiple of 5
                    {"minItems": 1} | [] | must have at least 1 entry
                    {"maxItems": 2} | [1, 2, 3] | must have at most 2 entries
                    {"uniqueItems": true} | [1, 1] | must not contain the same entry twice
                    {"const": true} | false | must be true
                    {"enum": ["a", 1, null]} | "b" | must be one of a, 1, null
                    {"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]} | "c" | must be one of a, b
                    {"anyOf": [{"const": "a"}, {"const": "b"}]} | "c" | must be one of a, b
                    """)
    void reportsAViolationOnceAndInWordsForItsAuthor(String schema, String answer, String words) {
        AnswerSchema answerSchema = AnswerSchema.of(definition(schema));
        assertThat(SchemaReview.ofAnswer(answerSchema).problems()).isEmpty();
        assertThat(answerSchema.violations(Objects.requireNonNull(Json.read(answer))))
                .containsExactly(new Violation("", words));
    }

    @Test
    void reportsEachEntryThatIsNoValidChoice() {
        AnswerSchema answerSchema = AnswerSchema.of(definition("""
                {"items": {"oneOf": [{"const": "a"}, {"const": "b"}]}}"""));
        assertThat(answerSchema.violations(List.of("c", "a", "d")))
                .containsExactly(
                        new Violation("/0", "must be one of a, b"), new Violation("/2", "must be one of a, b"));
    }

    @ParameterizedTest
    @CsvSource({
        "type, objekt, is not JSON Schema",
        "$ref, other.json, leads outside the document",
        "$ref, http://127.0.0.1/x.json, leads outside the document",
        "$ref, classpath:/draft/2020-12/schema, leads outside the document",
        "$ref, #/$defs/none, does not lead to a schema",
        "$id, http://127.0.0.1/x, is not supported",
        "$dynamicRef, #x, is not supported",
        "$schema, http://json-schema.org/draft-07/schema#, must be",
        "pattern, (a)\\1, RE2 does not support",
        "pattern, (?=a)b, RE2 does not support",
        "pattern, '[', not supported by RE2"
    })
    void reviewRejectsUnusableSchemas(String keyword, String value, String problem) {
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of(keyword, value)))
                        .problems())
                .isNotEmpty()
                .first()
                .satisfies(found -> {
                    assertThat(found.pointer()).isEqualTo("/" + keyword);
                    assertThat(found.problem()).contains(problem);
                });
    }

    @Test
    void followsReferencesWithinTheDocument() {
        AnswerSchema schema = AnswerSchema.of(Map.of(
                "$defs", Map.of("short", Map.of("type", "string", "maxLength", 3)),
                "type", "object",
                "properties", Map.of("a", Map.of("$ref", "#/$defs/short"))));
        assertThat(SchemaReview.ofAnswer(schema).problems()).isEmpty();
        assertThat(schema.violations(Json.read("{\"a\":\"long\"}")))
                .extracting(Violation::pointer)
                .containsExactly("/a");
    }

    @Test
    void rejectsCircularReferences() {
        AnswerSchema schema = AnswerSchema.of(Map.of(
                "$defs",
                Map.of("a", Map.of("$ref", "#/$defs/b"), "b", Map.of("items", Map.of("$ref", "#/$defs/a"))),
                "$ref",
                "#/$defs/a"));
        assertThat(SchemaReview.ofAnswer(schema).problems())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.problem()).contains("circular"));
    }

    @Test
    void rejectsReferencesThatMultiply() {
        Map<String, Object> defs = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            Object next = Map.of("$ref", "#/$defs/d" + (i + 1));
            defs.put("d" + i, Map.of("allOf", List.of(next, next)));
        }
        defs.put("d12", Map.of("type", "string"));
        AnswerSchema schema = AnswerSchema.of(Map.of("$defs", defs, "$ref", "#/$defs/d0"));
        assertThat(SchemaReview.ofAnswer(schema).problems())
                .singleElement()
                .extracting(SchemaProblem::problem)
                .asString()
                .contains("parts");
    }

    @Test
    void limitsNestedReferencesInAnyOrder() {
        Map<String, Object> there = new LinkedHashMap<>();
        Map<String, Object> back = new LinkedHashMap<>();
        for (int i = 0; i < 33; i++) {
            there.put("d" + i, Map.of("$ref", "#/$defs/d" + (i + 1)));
            back.put("d" + (33 - i - 1), Map.of("$ref", "#/$defs/d" + (33 - i)));
        }
        there.put("d33", Map.of("type", "string"));
        back.put("d33", Map.of("type", "string"));
        assertThat(List.of(there, back))
                .allSatisfy(defs -> assertThat(
                                SchemaReview.ofAnswer(AnswerSchema.of(Map.of("$defs", defs, "$ref", "#/$defs/d0")))
                                        .problems())
                        .singleElement()
                        .extracting(SchemaProblem::problem)
                        .asString()
                        .contains("nested references"));
    }

    @Test
    void findsSchemasOnlyAtSubschemaPositions() {
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("const", Map.of("pattern", "("), "$ref", "#/const")))
                        .problems())
                .singleElement()
                .extracting(SchemaProblem::problem)
                .asString()
                .contains("does not lead to a schema in this document");
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of(
                                "properties", Map.of("default", Map.of("type", "string")),
                                "additionalProperties", Map.of("$ref", "#/properties/default"))))
                        .problems())
                .isEmpty();
    }

    @Test
    void doesNotMistakeNamesAndExamplesForKeywords() {
        AnswerSchema schema = AnswerSchema.of(Map.of(
                "type",
                "object",
                "properties",
                Map.of("$id", Map.of("type", "string"), "pattern", Map.of("type", "string"), "const", Map.of())));
        assertThat(SchemaReview.ofAnswer(schema).problems()).isEmpty();
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("const", Map.of("$ref", "elsewhere"))))
                        .problems())
                .isEmpty();
    }

    @Test
    void everyPatternRunsInLinearTime() {
        AnswerSchema schema = AnswerSchema.of(Map.of("type", "string", "pattern", "^(a+)+$"));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(schema.violations(Json.read("\"" + "a".repeat(30) + "!\"")))
                        .hasSize(1));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> definition(String json) {
        return (Map<String, Object>) Json.read(json);
    }
}
