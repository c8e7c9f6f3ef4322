package dev.onward.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.model.FlowError;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.schema.AnswerSchema;
import dev.onward.schema.review.SchemaReview;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions from unknown sources: none may block the reader, exhaust its memory or crash it. */
class HostileFlowTest {
    private static final String GOOD = """
            flow: tour
            title: Tour
            steps:
              - id: one
                title: One
            """;

    @Test
    void limitsNesting() {
        assertThat(errors("[".repeat(33))).singleElement().asString().contains("nested more than 32 levels");
        assertThat(errors("{a: ".repeat(33))).singleElement().asString().contains("nested more than 32 levels");
        assertThat(errors("- ".repeat(33) + "x")).singleElement().asString().contains("nested more than 32");
        assertThat(errors("{\"a\":[".repeat(17) + "1" + "]}".repeat(17))).hasSize(1);
        assertThat(errors(GOOD + "    ui: {deep: " + "[".repeat(40) + "]".repeat(40) + "}\n"))
                .containsExactly("bad.yaml:6: the flow is nested more than 32 levels deep here: make it flatter.");
    }

    @Test
    void limitsLength() {
        assertThat(errors("a: " + "x".repeat(300_000)))
                .containsExactly("bad.yaml: the flow is longer than 262144 characters: shorten it.");
    }

    @Test
    void limitsTheNumberOfSteps() {
        String steps = IntStream.range(1, 101)
                .mapToObj(i -> "  - {id: step" + i + ", title: T}\n")
                .collect(Collectors.joining());
        assertThat(errors(GOOD + steps))
                .containsExactly("bad.yaml:3: steps must be at most 100: split it into several flows.");
    }

    @Test
    void limitsTheNumberOfErrors() {
        String steps = IntStream.range(0, 5_000)
                .mapToObj(i -> "  - {no" + i + ": 1}\n")
                .collect(Collectors.joining());
        assertThat(errors("flow: tour\ntitle: Tour\nsteps:\n" + steps))
                .hasSize(101)
                .last()
                .asString()
                .endsWith("more rules: fix these first.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999999",
                "-99999999999999999999",
                "1e999",
                "-1e999",
                ".inf",
                "1e-402",
                "0.00000000000000000000000000000000000000000000000000000000001"
            })
    void rejectsNumbersThatCannotBeStored(String number) {
        assertThat(errors(GOOD + "    ui: {n: " + number + "}\n"))
                .containsExactly("bad.yaml:6: steps[0].ui.n is a number that cannot be stored exactly: use a"
                        + " simpler one, or quote it.");
    }

    @Test
    void numbersKeepTheirValue() {
        assertThat(ui("{n: 9223372036854775807, d: 0.1, e: 1E5, z: -0}"))
                .isEqualTo(
                        Map.of("n", Long.MAX_VALUE, "d", new BigDecimal("0.1"), "e", new BigDecimal("1E5"), "z", 0L));
    }

    @Test
    void acceptsNullInListsAndMappings() {
        assertThat(ui("{list: [null, 1, {}], none: null, empty:}").toString())
                .isEqualTo("{list=[null, 1, {}], none=null, empty=null}");
        Flow flow = FlowReader.review("good.yaml", GOOD + "    input: {enum: [a, null], default: null}\n");
        AnswerSchema input = flow.steps().getFirst().input().orElseThrow();
        assertThat(input.definition().get("enum")).isEqualTo(Arrays.asList("a", null));
    }

    @Test
    void reportsKeysThatAreNotText() {
        assertThat(errors(GOOD + "    ui:\n      ? [a]\n      : b\n"))
                .containsExactly("bad.yaml:7: steps[0].ui has a key that is not text.");
        assertThat(errors(GOOD + "    input: {{a: b}: c}\n"))
                .containsExactly("bad.yaml:6: steps[0].input has a key that is not text.");
        assertThat(ui("{1: a, true: b, null: c}")).containsOnlyKeys("1", "true", "null");
    }

    @Test
    void rejectsAliasesAndTags() {
        assertThat(errors(GOOD + "    ui: {a: &x [1], b: *x}\n"))
                .containsExactly("bad.yaml:6: the flow uses an alias: write out its content.");
        assertThat(errors(GOOD + "    ui: {a: &x " + "y" + ", b: [" + "*x ,".repeat(3) + "1]}\n"))
                .containsExactly("bad.yaml:6: the flow uses an alias: write out its content.");
        assertThat(errors(GOOD + "    ui: {a: !!int abc, b: !!java.net.URL [x]}\n"))
                .containsExactly(
                        "bad.yaml:6: the flow uses the YAML tag tag:yaml.org,2002:int: remove it.",
                        "bad.yaml:6: the flow uses the YAML tag tag:yaml.org,2002:java.net.URL: remove it.");
    }

    @Test
    void rejectsInvalidCharacters() {
        assertThat(errors("flow: a\ntitle: x\u0001\n"))
                .containsExactly("bad.yaml:2: the flow contains the character U+0001: remove it.");
        assertThat(errors(GOOD + "    ui: {a: \"\\0\"}\n"))
                .containsExactly("bad.yaml:6: steps[0].ui.a contains control characters: use plain text.");
        assertThat(errors(GOOD + "    ui: {\"\\ud800\": 1}\n"))
                .containsExactly("bad.yaml:6: steps[0].ui has a key with control characters: use plain text.");
        assertThat(errors(GOOD + "    ui: {" + "k".repeat(200) + ": 1}\n"))
                .singleElement()
                .asString()
                .endsWith("is a key with more than 128 characters: shorten it.");
    }

    @Test
    void errorMessagesStayOnOneLine() {
        assertThat(errors(GOOD + "    \"a\\nb\\u202e\": 1\n"))
                .singleElement()
                .satisfies(
                        error -> assertThat(error).startsWith("bad.yaml:6: steps[0].a\uFFFDb\uFFFD is unknown here"));
        assertThat(errors(GOOD + "    creates: " + "x".repeat(90_000) + "\n"))
                .allSatisfy(error -> assertThat(error).hasSizeLessThan(1_000));
    }

    @Test
    void readsJsonWithTabsAndWithoutSpaces() {
        assertThat(FlowReader.review("flow.json", """
                {
                \t"flow":"tour",
                \t"title":	"Tour \\/ \\ud83d\\ude00",
                \t"steps":[{"id":"one","title":"One","ui":{"a":null,"b":[true,false]}}]
                }""").title()).isEqualTo("Tour / 😀");
        assertThat(FlowReader.review("flow.yaml", "\uFEFF" + GOOD.replace("\n", "\r\n"))
                        .id())
                .isEqualTo("tour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((a{20}){20}){6}", "(?:(?:[a-z]{1,50}){1,50})", "a{1000}b{1000}c{1000}", "((\\p{Greek}{50}){50}"
            })
    void rejectsPatternsThatExpandTooFar(String pattern) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(errors(GOOD + "    input: {pattern: '" + pattern + "'}\n"))
                        .singleElement()
                        .asString()
                        .contains("too large after expanding its repetitions"));
    }

    @Test
    void rejectsPatternsWithTooManyNestedGroups() {
        String pattern = "(?:".repeat(200) + "a" + ")*".repeat(200) + "b";
        assertThat(errors(GOOD + "    input: {pattern: '" + pattern + "'}\n")).hasSize(1);
    }

    @Test
    void acceptsPatternsOfOrdinarySize() {
        assertThat(List.of(
                        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                        "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                        "^[^@\\s]{1,64}@[a-z0-9.-]{1,253}\\.[a-z]{2,63}$",
                        "[]{}()*]+{}",
                        "^\\{[a-z]{1,500}\\}$"))
                .allSatisfy(pattern -> assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("pattern", pattern)))
                                .problems())
                        .isEmpty());
    }

    private static Map<String, Object> ui(String yaml) {
        return FlowReader.review("good.yaml", GOOD + "    ui: " + yaml + "\n")
                .steps()
                .getFirst()
                .ui();
    }

    private static List<String> errors(String yaml) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                FlowReader.review("bad.yaml", yaml);
            } catch (InvalidFlow e) {
                return e.errors().stream().map(FlowError::text).toList();
            }
            throw new AssertionError("was read");
        });
    }
}
