package dev.onward.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.review.SchemaReview;
import dev.onward.schema.validator.StandardFormats;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats of JSON Schema 2020-12 are asserted, and no others. */
class FormatsTest {

    @ParameterizedTest
    @ValueSource(strings = {"phone", "color", "alpha", "alphanumeric", "ip-address", "style", "utc-millisec", "e-mail"})
    void anUnknownFormatAssertsNothing(String format) {
        assertThat(violations(format, "§ 1")).isEmpty();
    }

    static Stream<String> standardFormats() {
        return Stream.of(
                "date-time",
                "date",
                "time",
                "duration",
                "email",
                "idn-email",
                "hostname",
                "idn-hostname",
                "ipv4",
                "ipv6",
                "uri",
                "uri-reference",
                "iri",
                "iri-reference",
                "uuid",
                "uri-template",
                "json-pointer",
                "relative-json-pointer",
                "regex");
    }

    @ParameterizedTest
    @MethodSource("standardFormats")
    void assertsEachStandardFormat(String format) {
        assertThat(violations(format, "( {\\ ^"))
                .singleElement()
                .extracting(Violation::problem)
                .asString()
                .startsWith("must be a")
                .doesNotContain("of the format");
    }

    @Test
    void knowsAllStandardFormats() {
        assertThat(standardFormats()).containsExactlyInAnyOrderElementsOf(StandardFormats.NAMES);
        assertThat(StandardFormats.all()).containsOnlyKeys(StandardFormats.NAMES);
    }

    @ParameterizedTest
    @MethodSource("standardFormats")
    void textOfMaximumLengthDoesNotOverflowTheStack(String format) throws Exception {
        int half = StandardFormats.maxLength(format) / 2;
        List<String> texts = Stream.of("/a", "a.", ".a", "{}", "a,", "~0", "[]", "::", "%4", "éa")
                .map(pair -> pair.repeat(half))
                .toList();
        FutureTask<Void> task = new FutureTask<>(() -> texts.forEach(text -> violations(format, text)), null);
        new Thread(null, task, "small-stack", 512 * 1024).start();
        assertThat(task.get()).isNull();
    }

    @Test
    void validatesTextOfMaximumLength() {
        assertThat(violations("json-pointer", "/a".repeat(1_024))).isEmpty();
        assertThat(violations("json-pointer", "~a".repeat(1_024)))
                .containsExactly(new Violation("", "must be a JSON Pointer, such as /name/0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hostname | www.example.com
                    hostname | localhost
                    json-pointer | /a/b#c/~0~1
                    json-pointer | ``
                    relative-json-pointer | 1/name
                    relative-json-pointer | 0#
                    uri-template | https://example.com/{id}{?q,page*}/%41{+path:3}
                    regex | ^\u00C0$
                    """)
    void acceptsTextWithTheFormat(String format, String text) {
        assertThat(violations(format, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hostname | -www.example.com
                    hostname | www..example.com
                    hostname | www.example.com.
                    json-pointer | a
                    json-pointer | #/a
                    json-pointer | /~2
                    relative-json-pointer | 01/a
                    relative-json-pointer | -1
                    uri-template | https://example.com/{id
                    uri-template | https://example.com/{?q,}
                    """)
    void rejectsTextWithoutTheFormat(String format, String text) {
        assertThat(violations(format, text)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("standardFormats")
    void rejectsLongerTextByItsLength(String format) {
        int longest = StandardFormats.maxLength(format);
        assertThat(violations(format, "/".repeat(longest + 1)))
                .containsExactly(new Violation("", "must have at most " + longest + " characters"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim@localhost",
                "kim@works.internal",
                "kim@works.local",
                "kim@office.lan",
                "kim@shop.test",
                "kim@shop.example",
                "kim@例子.澳门",
                "kim@bücher.example",
                "kim@xn--fsqu00a.xn--mix891f",
                "佐藤@例子.广告",
                "kim.o'hara+shop@example.com",
                "\"kim ohara\"@example.com",
                "~@example.com",
                "kim@[127.0.0.1]",
                "kim@[IPv6:::1]"
            })
    void acceptsEmailAddressesOfEveryNetworkAndScript(String address) {
        assertThat(violations("email", address)).isEmpty();
        assertThat(violations("idn-email", address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kim",
                "@example.com",
                "kim@",
                "kim@.example.com",
                "kim@example.com.",
                "kim@example..com",
                "kim@-example.com",
                "kim@example-.com",
                "kim@exam ple.com",
                "kim@exam_ple.com",
                "kim @example.com",
                " kim@example.com",
                "kim@example.com\n",
                ".kim@example.com",
                "kim.@example.com",
                "kim..ohara@example.com",
                "kim@ohara@example.com",
                "kim\u00A0o@example.com",
                "kim@[127.0.0.300]",
                "kim@[127.0.0]",
                "kim@[IPv6:::1%25eth0]",
                "\"kim\"ohara@example.com"
            })
    void rejectsInvalidEmailAddresses(String text) {
        assertThat(violations("email", text)).containsExactly(new Violation("", "must be an e-mail address"));
    }

    @Test
    void limitsEmailAddressesToTheStandardLengths() {
        assertThat(violations("email", "k".repeat(64) + "@example.com")).isEmpty();
        assertThat(violations("email", "k".repeat(65) + "@example.com")).hasSize(1);
        assertThat(violations("email", "kim@" + "k".repeat(63) + ".com")).isEmpty();
        assertThat(violations("email", "kim@" + "k".repeat(64) + ".com")).hasSize(1);
        assertThat(violations("email", "kim@" + "abc.".repeat(62) + "com")).isEmpty();
        assertThat(violations("email", "kim@" + "abc.".repeat(63) + "com")).hasSize(1);
    }

    private static List<Violation> violations(String format, String text) {
        AnswerSchema schema = AnswerSchema.of(Map.of("format", format));
        assertThat(SchemaReview.ofAnswer(schema).problems()).isEmpty();
        return schema.violations(text);
    }
}
