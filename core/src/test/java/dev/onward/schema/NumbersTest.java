package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Rules about numbers are exact for numbers of any size. */
class NumbersTest {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "1e2",
            "1.5",
            "0.1",
            "0.07",
            "19.99",
            "9007199254740993",
            "9007199254740993.5",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e18",
            "1e19",
            "1e30",
            "-1e30",
            "1000000000000000000000000000000.5",
            "1e308",
            "1e309",
            "1e399",
            "-1e399",
            "1e-399",
            "2".repeat(400),
            "0." + "3".repeat(390));

    private static final List<String> LIMITS = List.of(
            "0",
            "1",
            "-3",
            "1.5",
            "1e2",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "1e19",
            "-1e30",
            "1e30",
            "1e309");

    private static final List<String> STEPS =
            List.of("1", "2", "0.01", "0.1", "1.5", "9007199254740993", "1e19", "1e-20");

    private record Rule(String keyword, List<String> values, BiPredicate<BigDecimal, BigDecimal> predicate) {}

    private static final List<Rule> RULES = List.of(
            new Rule("minimum", LIMITS, (number, limit) -> number.compareTo(limit) >= 0),
            new Rule("maximum", LIMITS, (number, limit) -> number.compareTo(limit) <= 0),
            new Rule("exclusiveMinimum", LIMITS, (number, limit) -> number.compareTo(limit) > 0),
            new Rule("exclusiveMaximum", LIMITS, (number, limit) -> number.compareTo(limit) < 0),
            new Rule("const", LIMITS, (number, limit) -> number.compareTo(limit) == 0),
            new Rule(
                    "multipleOf",
                    STEPS,
                    (number, step) -> number.remainder(step).signum() == 0));

    private static Object number(String text) {
        return Objects.requireNonNull(Json.read(text));
    }

    private static boolean whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    @Test
    void validatesNumbersExactly() {
        SoftAssertions softly = new SoftAssertions();
        for (Rule rule : RULES) {
            for (String value : rule.values) {
                for (String type : List.of("number", "integer")) {
                    AnswerSchema schema = AnswerSchema.of(Map.of("type", type, rule.keyword, number(value)));
                    for (String text : NUMBERS) {
                        BigDecimal exact = new BigDecimal(text);
                        boolean met = rule.predicate.test(exact, new BigDecimal(value))
                                && (type.equals("number") || whole(exact));
                        softly.assertThatCode(() ->
                                        assertThat(schema.isMetBy(number(text))).isEqualTo(met))
                                .as("%s, %s %s: %s", type, rule.keyword, value, text)
                                .doesNotThrowAnyException();
                    }
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void doesNotMistakeNamesAndValuesForLimits() {
        AnswerSchema schema = AnswerSchema.of(Map.of(
                "properties",
                Map.of("minimum", Map.of("type", "integer", "minimum", 2), "const", Map.of("maximum", 3)),
                "not",
                Map.of("const", Map.of("minimum", 5))));
        assertThat(schema.isMetBy(number("{\"minimum\": 2, \"const\": 3}"))).isTrue();
        assertThat(schema.violations(number("{\"minimum\": 1, \"const\": 4}")))
                .extracting(Violation::problem)
                .containsExactlyInAnyOrder("must be 2 or more", "must be 3 or less");
        assertThat(schema.isMetBy(number("{\"minimum\": 5}"))).isFalse();
    }
}
