package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Answers of 64 KiB that are made to take long, and schemas that make them: looking through them comes to an end. */
class HostileAnswersTest {
    private static final Violation TOO_MUCH = new Violation("", "is too much to look through: send less");
    private static final String MANY = "[" + "1,".repeat(30_000) + "1]";

    @Test
    void manyWrongEntriesToALongListOfChoices() {
        String choices = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"const\": \"choice " + i + "\"}")
                .collect(Collectors.joining(","));
        assertThat(violations("{\"items\": {\"oneOf\": [" + choices + "]}}", MANY))
                .containsExactly(TOO_MUCH);
    }

    @Test
    void manyEntriesToManyRules() {
        String rules = "{\"minimum\": 0},".repeat(3_000);
        assertThat(violations("{\"items\": {\"allOf\": [" + rules + "{}]}}", MANY))
                .containsExactly(TOO_MUCH);
    }

    @Test
    void aCircleThatAnEarlierReviewLetThrough() {
        assertThat(violations("""
                        {"properties": {"enum": {"$ref": "#/properties/enum"}}}""", "{\"enum\": 1}")).containsExactly(TOO_MUCH);
    }

    @Test
    void patternsThatComeFromAnswers() {
        String schema = "{\"format\": \"regex\"}";
        assertThat(violations(schema, "\"(a{50}){50}\"")).hasSize(1);
        assertThat(violations(schema, "\"" + "(".repeat(1_001) + "\"")).hasSize(1);
        assertThat(violations(schema, "\"^[a-z]{1,8}$\"")).isEmpty();
    }

    @Test
    void anAnswerOfUsualSizeIsLookedThrough() {
        String choices =
                IntStream.range(0, 250).mapToObj(i -> "{\"const\": " + i + "}").collect(Collectors.joining(","));
        String all = IntStream.range(0, 250).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(violations("{\"uniqueItems\": true, \"items\": {\"oneOf\": [" + choices + "]}}", "[" + all + "]"))
                .isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<Violation> violations(String schema, String answer) {
        return Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> AnswerSchema.of((Map<String, Object>) Objects.requireNonNull(Json.read(schema)))
                        .violations(Objects.requireNonNull(Json.read(answer))));
    }
}
