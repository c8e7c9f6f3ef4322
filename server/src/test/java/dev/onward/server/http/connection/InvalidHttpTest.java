package dev.onward.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.OpenApiDescription;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.testing.OnOneDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that reach no route are answered with a problem too. */
@OnOneDatabase
@Isolated
class InvalidHttpTest extends HttpTest {
    private static final String HOST = "Host: localhost";

    private RawHttp raw;

    @BeforeEach
    void connect() {
        raw = new RawHttp(server.port());
    }

    @Test
    void rejectsABodyWithATooLargeLengthBeforeReadingIt() {
        expectProblem(
                413,
                "too_large",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Type: application/json",
                        "Content-Length: 65537"));
        expectProblem(
                413,
                "too_large",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Expect: 100-continue",
                        "Content-Type: application/json",
                        "Content-Length: 999999999999"));
    }

    @Test
    void rejectsAChunkedBodyAsSoonAsItIsTooLarge() {
        expectProblem(413, "too_large", raw.sendText(beginningOfAHugeChunk()));
    }

    @Test
    void theRestOfARejectedBodyIsNotParsedAsARequest() {
        String answer = raw.sendAndReadAll(beginningOfAHugeChunk(), "GET /health/live HTTP/1.1", HOST);
        assertThat(answer).startsWith("HTTP/1.1 413 ").containsOnlyOnce("HTTP/1.1");
    }

    private static String beginningOfAHugeChunk() {
        return String.join(
                "\r\n",
                "POST /api/onboarding/start HTTP/1.1",
                HOST,
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "FFFFFFF",
                " ".repeat(64 * 1024 + 1));
    }

    @Test
    void aClientThatDisconnectsWhileSendingCausesNoError() {
        try (CapturedLog log = new CapturedLog()) {
            for (String head : new String[] {"Content-Length: 100", "Transfer-Encoding: chunked"}) {
                raw.sendAndDisconnect(
                        "POST /api/onboarding/start HTTP/1.1", HOST, "Content-Type: application/json", head, "", "{");
            }
            assertThat(log.text()).doesNotContain("ERROR", "WARN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"declaration\":\"SECRET\"}", "zz", "-2", "ffffffffffffffff"})
    void rejectsAChunkWithoutASizeAndDoesNotLogIt(String chunk) {
        try (CapturedLog log = new CapturedLog()) {
            String answer = raw.sendAndReadAll(
                    "POST /api/onboarding/first-declaration HTTP/1.1",
                    HOST,
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    chunk,
                    "0",
                    "");
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("bad_request")
                    .containsOnlyOnce("HTTP/1.1");
            assertThat(log.text()).doesNotContain("ERROR", "WARN", "SECRET");
        }
    }

    @Test
    void anUnsupportedProtocolIsAClientError() {
        expectProblem(505, "bad_request", raw.send("GET /health/live HTTP/2.0", HOST));
        expectProblem(
                501,
                "bad_request",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Type: application/json",
                        "Transfer-Encoding: gzip, chunked"));
    }

    @Test
    void aParameterWithoutAValueIsEmptyNotAbsent() {
        for (String name : new String[] {"complete?session_id", "complete?a=b&session_id&c"}) {
            ApiResponse reply = raw.send("POST /api/onboarding/" + name + " HTTP/1.1", HOST);
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.text("field")).isEqualTo("session_id");
        }
    }

    @Test
    void rejectsATooLongAddress() {
        expectProblem(414, "uri_too_long", raw.send("GET /" + "a".repeat(5000) + " HTTP/1.1", HOST));
    }

    @Test
    void rejectsTooLongHeaders() {
        expectProblem(400, "bad_request", raw.send("GET /health/live HTTP/1.1", HOST, "X-Long: " + "a".repeat(20_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1",
                "GET /api/kblocks/%zz HTTP/1.1",
                "GET /health/live?a=<b> HTTP/1.1",
                "GET health/live HTTP/1.1",
                "GET /health/live HTTP/9.9",
                "GET /health/live",
                "nonsense",
                "\u0000\u0001\u0002"
            })
    void rejectsAFirstLineThatIsNotHttp(String line) {
        ApiResponse reply = raw.send(line, HOST);
        assertThat(reply.status()).isBetween(400, 505);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        OpenApiDescription.checkProblem(reply);
    }

    @Test
    void rejectsARequestWithoutAHost() {
        expectProblem(400, "bad_request", raw.send("GET /health/live HTTP/1.1", "Accept: */*"));
        expectProblem(400, "bad_request", raw.send("GET /health/live HTTP/1.1", HOST, "Host: 127.0.0.1"));
    }

    @Test
    void rejectsAnInvalidLength() {
        expectProblem(
                400, "bad_request", raw.send("POST /api/onboarding/start HTTP/1.1", HOST, "Content-Length: many"));
        expectProblem(400, "bad_request", raw.send("POST /api/onboarding/start HTTP/1.1", HOST, "Content-Length: -1"));
    }

    @Test
    void rejectsALengthTogetherWithChunks() {
        expectProblem(
                400,
                "bad_request",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Length: 2",
                        "Transfer-Encoding: chunked"));
    }

    @Test
    void anInvalidCookieHeaderIsHarmless() {
        for (String cookie : new String[] {"", ";;;", "=", "onward_genesis", "a=b; ;c", "\"", "a=\"b"}) {
            ApiResponse reply = raw.send("GET /health/live HTTP/1.1", HOST, "Connection: close", "Cookie: " + cookie);
            assertThat(reply.status()).as(cookie).isEqualTo(200);
            ApiResponse status = raw.send("GET /api/onboarding/status HTTP/1.1", HOST, "Cookie: " + cookie);
            assertThat(status.status()).as(cookie).isIn(200, 422);
            OpenApiDescription.check("GET", "/api/onboarding/status", status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/health/live", "/onboarding", "/nowhere", "/api/onboarding/start"})
    void aResponseToHeadHasNoBody(String path) {
        String answer = raw.sendAndReadAll("HEAD " + path + " HTTP/1.1", HOST, "Connection: close");
        assertThat(answer).startsWith("HTTP/1.1 ").endsWith("\r\n\r\n").containsOnlyOnce("\r\n\r\n");
        assertThat(answer).containsPattern("(?i)content-length: [1-9]");
    }

    @Test
    void theServerDoesNotRevealItsSoftware() {
        ApiResponse reply = raw.send("GET /health/live HTTP/1.1", HOST);
        assertThat(reply.headers()).doesNotContainKeys("Server", "X-Powered-By");
    }

    private static void expectProblem(int status, String code, ApiResponse reply) {
        OpenApiDescription.checkProblem(reply);
        reply.isProblem(status, code);
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }
}
