package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.json.Json;
import dev.onward.schema.review.SchemaProblem;
import dev.onward.schema.review.SchemaReview;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns have the meaning of ECMA-262, as far as they run in linear time. */
class PatternsTest {

    /** The texts are JSON strings. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ^[A-Za-z\\u00C0-\\u017F' -]+$ | Zoë | Zoe1
                    ^\\u005A$ | Z | u005A
                    ^\\u{1F600}$ | \\uD83D\\uDE00 | \\uD83D
                    ^\\uD83D\\uDE00$ | \\uD83D\\uDE00 | \\uD83D
                    ^[\\uD83D\\uDE00-\\uD83D\\uDE4F]$ | \\uD83D\\uDE05 | x
                    ^a\\u002Bb$ | a+b | aab
                    ^[\\u005D]$ | ] | [
                    ^\\cJ$ | \\n | J
                    ^a\\/b\\-c$ | a/b-c | a.b-c
                    ^\\s$ | \\uFEFF | x
                    ^[\\s]$ | \\u00A0 | x
                    ^\\S$ | x | \\u2003
                    ^[\\S]$ | x | \\u000B
                    ^[^\\S]$ | \\u3000 | x
                    ^a.b$ | a b | a\\u2028b
                    ^[a.]$ | . | b
                    ^\\d$ | 7 | \\u07C0
                    ^\\w$ | e | é
                    ^a$ | a | a\\n
                    ^[\\b]$ | \\b | b
                    \\bcat\\b | a cat | concat
                    ^\\p{Letter}+$ | Zoë | Zoe1
                    ^\\p{Script=Greek}+$ | αβγ | abc
                    ^\\p{sc=Cyrillic}$ | ж | z
                    ^\\p{General_Category=Uppercase_Letter}$ | A | a
                    ^\\P{Lu}$ | a | A
                    ^(?<größe>[0-9]+)(?<unit>cm)$ | 12cm | 12mm
                    ^[^]$ | \\n | ab
                    ^[]*a$ | a | b
                    ^[(?=]$ | ( | a
                    ^\\(\\?=$ | (?= | a
                    ^\\\\u0041$ | \\\\u0041 | A
                    ^\\Q.\\E$ | . | a
                    """)
    void patternsHaveTheMeaningOfEcma262(String pattern, String good, String bad) {
        AnswerSchema schema = AnswerSchema.of(Map.of("pattern", pattern));
        assertThat(SchemaReview.ofAnswer(schema).problems()).isEmpty();
        assertThat(schema.isMetBy(unescaped(good))).isTrue();
        assertThat(schema.isMetBy(unescaped(bad))).isFalse();
    }

    /** Unescapes a text like a JSON parser. */
    private static String unescaped(String text) {
        return String.valueOf(Json.read("\"" + text + "\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ^(?=.*[0-9]).+$ | has a look-ahead (?=, which RE2 does not support: write each condition as its own pattern, such as allOf: [{pattern: '[0-9]'}, {pattern: '[a-z]'}]
                    ^(?!admin).+$ | has a negative look-ahead (?!, which RE2 does not support: write what must not match beside it, such as not: {pattern: '^admin'}
                    (?<=a)b | has a look-behind (?<=, which RE2 does not support: also match the text before, or add a second pattern under allOf
                    [(?=](?<!a)b | has a negative look-behind (?<!, which RE2 does not support: write what must not match beside the pattern, such as not: {pattern: 'xy'}
                    ^([ab])\\1$ | has a backreference, which RE2 does not support: write out the allowed texts, or compare them in your product
                    ^(?<x>a)\\k<x>$ | has a backreference, which RE2 does not support: write out the allowed texts, or compare them in your product
                    """)
    void rejectsNonLinearPatternsAndSuggestsAReplacement(String pattern, String problem) {
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("pattern", pattern)))
                        .problems())
                .containsExactly(new SchemaProblem("/pattern", problem));
    }

    @Test
    void theReplacementForALookAheadHasTheSameMeaning() {
        AnswerSchema schema = AnswerSchema.of(Map.of(
                "pattern",
                "^[a-z0-9]+$",
                "allOf",
                List.of(Map.of("pattern", "[0-9]"), Map.of("pattern", "[a-z]")),
                "not",
                Map.of("pattern", "^admin")));
        assertThat(SchemaReview.ofAnswer(schema).problems()).isEmpty();
        assertThat(schema.isMetBy("a1")).isTrue();
        assertThat(schema.isMetBy("aa")).isFalse();
        assertThat(schema.isMetBy("admin1")).isFalse();
    }

    @Test
    void measuresThePatternsSizeAfterExpansion() {
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("pattern", "(?:\\s.){300}")))
                        .problems())
                .isEmpty();
        assertThat(SchemaReview.ofAnswer(AnswerSchema.of(Map.of("pattern", "(?:\\s.){500}")))
                        .problems())
                .extracting(SchemaProblem::problem)
                .containsExactly("is too large after expanding its repetitions: write it differently");
    }
}
