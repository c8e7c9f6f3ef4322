package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of 64 KiB, and schemas, that are made to take long: validation always ends. */
class HostileAnswersTest {
    private static final Violation TOO_LONG = new Violation("", "is too large to validate: shorten it");
    private static final String MANY = "[" + "1,".repeat(30_000) + "1]";

    @Test
    void validatesManyWrongEntriesAgainstManyAlternatives() {
        String choices = IntStream.range(0, 100)
                .mapToObj(i -> "{\"minimum\": " + (i + 2) + "}")
                .collect(Collectors.joining(","));
        assertThat(violations("{\"items\": {\"oneOf\": [" + choices + "]}}", MANY))
                .containsExactly(TOO_LONG);
    }

    @Test
    void validatesManyWrongEntriesAgainstALongListOfChoices() {
        assertThat(violations(listOf(titled(1_000)), MANY)).hasSize(100);
    }

    @Test
    void reportsTheFirstViolationsIfFindingAllWouldTakeTooLong() {
        String rules = "{\"minimum\": 2},".repeat(100);
        assertThat(violations("{\"items\": {\"allOf\": [" + rules + "{}]}}", MANY))
                .contains(new Violation("/0", "must be 2 or more"));
    }

    @Test
    void validatesManyEntriesAgainstManyRules() {
        String rules = "{\"minimum\": 0},".repeat(3_000);
        assertThat(violations("{\"items\": {\"allOf\": [" + rules + "{}]}}", MANY))
                .containsExactly(TOO_LONG);
    }

    @Test
    void endsOnACircularReferenceThatAnEarlierReviewAccepted() {
        assertThat(violations("""
                        {"properties": {"enum": {"$ref": "#/properties/enum"}}}""", "{\"enum\": 1}")).containsExactly(TOO_LONG);
    }

    @Test
    void compilesPatternsInAnswersSafely() {
        String schema = "{\"format\": \"regex\"}";
        assertThat(violations(schema, "\"(a{50}){50}\"")).hasSize(1);
        assertThat(violations(schema, "\"" + "(".repeat(1_001) + "\"")).hasSize(1);
        assertThat(violations(schema, "\"^[a-z]{1,8}$\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, 300", "300, 300", "1000, 3000"})
    void anyNumberOfTitledChoicesIsAValidAnswer(int chosen, int offered) {
        assertThat(violations(listOf(titled(offered)), chosen(chosen))).isEmpty();
        assertThat(violations(listOf(titled(offered) + ", {\"type\": \"integer\"}"), chosen(chosen)))
                .isEmpty();
        assertThat(violations(listOf(titled(offered)), chosen(chosen).replaceFirst("choice 7\"", "another\"")))
                .singleElement()
                .satisfies(wrong -> {
                    assertThat(wrong.pointer()).isEqualTo("/7");
                    assertThat(wrong.problem()).startsWith("must be one of choice 0, choice 1, ");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [{"const": 1}, {"const": 1}] | 1 | false
                    [{"const": 1}, {"const": "1"}] | 1 | true
                    [{"const": 1}, {"const": true}, {"type": "boolean"}] | true | false
                    [{"const": 1}, {"const": 2, "minimum": 3}] | 2 | false
                    [{"const": 1}, {"const": 2, "title": "Two", "x-icon": "two"}] | 2.0 | true
                    [{"const": null}, {"const": [1]}, {"const": 2}, {"const": 3}] | [1] | true
                    """)
    void mergedChoicesHaveTheSameMeaning(String options, String answer, boolean valid) {
        assertThat(violations("{\"oneOf\": " + options + "}", answer).isEmpty()).isEqualTo(valid);
        assertThat(violations("{\"enum\": [1, 2, true, [1]], \"oneOf\": " + options + "}", answer)
                        .isEmpty())
                .isEqualTo(valid);
    }

    @Test
    void aReferenceToAnOptionOfAChoiceKeepsItsMeaning() {
        String schema = """
                {"properties": {
                    "a": {"oneOf": [{"const": 1}, {"const": 2}]},
                    "b": {"$ref": "#/properties/a/oneOf/1"}}}""";
        assertThat(violations(schema, "{\"a\": 1, \"b\": 2}")).isEmpty();
        assertThat(violations(schema, "{\"a\": 1, \"b\": 1}")).containsExactly(new Violation("/b", "must be 2"));
    }

    @Test
    void validatesAListOfObjectsOfManyKinds() {
        String kinds = IntStream.range(0, 10)
                .mapToObj(i -> "{\"properties\": {\"k\": {\"const\": " + i + "}, \"n\": {\"type\": \"string\"}}}")
                .collect(Collectors.joining(","));
        String entries = IntStream.range(0, 3_500)
                .mapToObj(i -> "{\"k\":" + i % 10 + ",\"n\":\"x\"}")
                .collect(Collectors.joining(","));
        assertThat(violations("{\"items\": {\"oneOf\": [" + kinds + "]}}", "[" + entries + "]"))
                .isEmpty();
    }

    private static String listOf(String options) {
        return "{\"uniqueItems\": true, \"items\": {\"oneOf\": [" + options + "]}}";
    }

    private static String titled(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"const\": \"choice " + i + "\", \"title\": \"Choice " + i + "\"}")
                .collect(Collectors.joining(","));
    }

    private static String chosen(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"choice " + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @SuppressWarnings("unchecked")
    private static List<Violation> violations(String schema, String answer) {
        return Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(schema)))
                        .violations(Objects.requireNonNull(Json.read(answer))));
    }
}
