package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How people are told what is wrong: one entry for each field, and a choice as the choice that it is. */
class ViolationsTest {

    @Test
    void severalRulesThatAFieldBreaksAreOneEntry() {
        assertThat(violations("""
                        {"properties": {"name": {"minLength": 2, "pattern": "^[A-Z]"}}, "required": ["size"]}""", """
                        {"name": "a"}"""))
                .containsExactlyInAnyOrder(
                        new Violation(
                                "/name", "must have at least 2 characters; does not have the form that is asked for"),
                        new Violation("/size", "is missing"));
    }

    @Test
    void theSameProblemIsToldOnceHoweverOftenItIsFound() {
        String same = "[" + "1,".repeat(30_000) + "1]";
        assertThat(violations("{\"uniqueItems\": true}", same))
                .containsExactly(new Violation("", "must not have the same entry twice"));
    }

    @Test
    void noMoreThan100FieldsAreTold() {
        assertThat(violations("{\"items\": {\"type\": \"string\"}}", "[" + "1,".repeat(30_000) + "1]"))
                .hasSize(100)
                .contains(new Violation("/99", "must be text"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"anyOf": [{"const": "a"}, {"const": "b"}, {"minLength": 3}]} | "c" | must be one of a, b, or must have at least 3 characters
                    {"anyOf": [{"minLength": 3}, {"const": "a"}]} | "c" | must be a, or must have at least 3 characters
                    {"anyOf": [{"const": "a"}, {"minLength": 3, "pattern": "^d"}]} | "c" | must be a, or must have at least 3 characters and does not have the form that is asked for
                    {"anyOf": [{"type": "null"}, {"type": "integer"}]} | "c" | must be null, or must be a whole number
                    {"anyOf": [{"const": 1}, {"anyOf": [{"const": 2}, {"const": 3}]}]} | 4 | must be one of 1, 2, 3
                    {"$defs": {"x": {"const": 2}}, "anyOf": [{"const": 1}, {"$ref": "#/$defs/x"}]} | 4 | must be one of 1, 2
                    {"oneOf": [{"const": "a"}, {"type": "integer"}]} | "c" | must be a, or must be a whole number
                    {"oneOf": [{"type": "string"}, {"minLength": 1}]} | "c" | meets more than one of the choices that exclude each other
                    {"oneOf": [{"const": "a"}, {"type": "string"}, {"minLength": 1}]} | "c" | meets more than one of the choices that exclude each other
                    """)
    void aChoiceIsToldAsOne(String schema, String answer, String words) {
        assertThat(violations(schema, answer)).containsExactly(new Violation("", words));
    }

    @Test
    void whatOneChoiceAsksOfAPartIsNotSaidToBeAskedOfAll() {
        assertThat(violations("""
                        {"anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}""", "{}"))
                .containsExactly(
                        new Violation("/email", "is missing, unless another choice is met"),
                        new Violation("/phone", "is missing, unless another choice is met"));
    }

    @Test
    void aPropertyMayHaveTheNameOfAChoice() {
        assertThat(violations("""
                        {"properties": {"oneOf": {"properties": {"0": {"const": 1}}}}}""", """
                        {"oneOf": {"0": 2}}""")).containsExactly(new Violation("/oneOf/0", "must be 1"));
    }

    @SuppressWarnings("unchecked")
    private static List<Violation> violations(String schema, String answer) {
        AnswerSchema asked = AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(schema)));
        assertThat(asked.problems()).isEmpty();
        return asked.violations(Objects.requireNonNull(Json.read(answer)));
    }
}
