package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnOneDatabase;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requirements on a request body before its fields are validated. */
@OnOneDatabase
class RequestBodyTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "{\"user_id\": }",
                "{\"user_id\": \"a\",}",
                "{'user_id': 'a'}",
                "{} {}",
                "{}}",
                " ",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "// no\n{}",
                "{\"a\": \"\\x41\"}",
                "user_id=ada"
            })
    void invalidJsonIs400(String text) {
        assertThat(api.start().json(text).expectProblem(400, "malformed_json").text("detail"))
                .doesNotContain("ada");
    }

    @Test
    void reportsThePositionOfAJsonError() {
        assertThat(api.start()
                        .json("{\n  \"flow\": oops\n}")
                        .expectProblem(400, "malformed_json")
                        .text("detail"))
                .contains("line 2");
    }

    @Test
    void aDuplicateNameIs400() {
        api.start().json("{\"user_id\": \"ada\", \"user_id\": \"bob\"}").expectProblem(400, "malformed_json");
    }

    @Test
    void invalidUtf8Is400() {
        byte[] latin1 = "{\"user_id\": \"ad\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        api.start().body("application/json", latin1).expectProblem(400, "malformed_json");
        byte[] utf16 = "{\"user_id\": \"ada\"}".getBytes(StandardCharsets.UTF_16);
        api.start().body("application/json", utf16).expectProblem(400, "malformed_json");
    }

    @Test
    void allowsThirtyTwoLevelsOfNestingAndNotOneMore() {
        api.start().json(nested(32)).ok();
        api.start().json(nested(33)).expectProblem(400, "malformed_json");
        api.start().json("[".repeat(30_000)).expectProblem(400, "malformed_json");
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "17", "true", "null"})
    void jsonThatIsNotAnObjectIs422(String text) {
        api.start().json(text).expectInvalidField("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/problem+json",
                "application/jsonp",
                "application/json; charset=utf-16",
                "application/json, text/plain",
                "nonsense",
                "*/*",
                ";"
            })
    void anotherContentTypeIs415(String contentType) {
        api.start()
                .body(contentType, "{}".getBytes(StandardCharsets.UTF_8))
                .expectProblem(415, "unsupported_media_type");
    }

    @Test
    void noContentTypeIs415() {
        api.start().body(BodyPublishers.ofString("{}")).expectProblem(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; profile=x; charset=UTF-8"
            })
    void acceptsEveryContentTypeOfJson(String contentType) {
        api.start().body(contentType, "{}".getBytes(StandardCharsets.UTF_8)).ok();
    }

    @Test
    void anEmptyBodyCountsAsNoBody() {
        api.start().body("application/json", new byte[0]).ok();
        api.start().body("text/plain", new byte[0]).ok();
    }

    @Test
    void acceptsSixtyFourKibibytesAndNotOneByteMore() {
        api.start().json(ofSize(64 * 1024)).ok();
        api.start().json(ofSize(64 * 1024 + 1)).expectProblem(413, "too_large");
        api.start().json(ofSize(1_000_000)).expectProblem(413, "too_large");
    }

    @Test
    void theLimitAppliesToAChunkedBodyToo() {
        api.start()
                .header("Content-Type", "application/json")
                .body(inChunks(ofSize(64 * 1024)))
                .ok();
        api.start()
                .header("Content-Type", "application/json")
                .body(inChunks(ofSize(64 * 1024 + 1)))
                .expectProblem(413, "too_large");
        api.start()
                .header("Content-Type", "application/json")
                .body(inChunks(ofSize(1_000_000)))
                .expectProblem(413, "too_large");
    }

    private static BodyPublisher inChunks(String text) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String ofSize(int bytes) {
        String frame = "{\"ignored\":\"\"}";
        return frame.substring(0, frame.length() - 2) + "x".repeat(bytes - frame.length()) + "\"}";
    }
}
