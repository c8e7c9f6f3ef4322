package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnOneDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire and never reaches a route is answered with a problem too. */
@OnOneDatabase
@Isolated
class WireTest extends HttpTest {
    private static final String HOST = "Host: localhost";

    private Raw raw;

    @BeforeEach
    void connect() {
        raw = new Raw(site.port());
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsRead() {
        refused(
                413,
                "too_large",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Type: application/json",
                        "Content-Length: 65537"));
        refused(
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
    void aChunkThatSaysItIsTooLargeIsRefusedBeforeItIsRead() {
        refused(
                413,
                "too_large",
                raw.sendText(String.join(
                        "\r\n",
                        "POST /api/onboarding/start HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                        "",
                        "FFFFFFF",
                        "")));
    }

    @Test
    void whatIsLeftOfARefusedBodyIsNotTakenForARequest() {
        String answer = raw.sendAndReadAll(
                "POST /api/onboarding/start HTTP/1.1",
                HOST,
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "FFFFFFF",
                "GET /health/live HTTP/1.1",
                HOST);
        assertThat(answer).startsWith("HTTP/1.1 413 ").containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void aClientThatGoesAwayWhileItSendsIsNoFaultOfTheServers() {
        try (Log log = new Log()) {
            for (String head : new String[] {"Content-Length: 100", "Transfer-Encoding: chunked"}) {
                raw.leaveAfter(
                        "POST /api/onboarding/start HTTP/1.1", HOST, "Content-Type: application/json", head, "", "{");
            }
            assertThat(log.text()).doesNotContain("ERROR", "WARN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"declaration\":\"SECRET\"}", "zz", "-2", "ffffffffffffffff"})
    void aChunkWithoutASizeIsRefusedAndNotQuotedInTheLog(String chunk) {
        try (Log log = new Log()) {
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
    void whatTheServerDoesNotSpeakIsNoFaultOfItsOwn() {
        refused(505, "bad_request", raw.send("GET /health/live HTTP/1.0", HOST));
        refused(
                501,
                "bad_request",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Type: application/json",
                        "Transfer-Encoding: gzip, chunked"));
    }

    @Test
    void aNameWithoutAValueIsEmptyAndNotAbsent() {
        for (String name : new String[] {"complete?session_id", "complete?a=b&session_id&c"}) {
            Reply reply = raw.send("POST /api/onboarding/" + name + " HTTP/1.1", HOST);
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.text("field")).isEqualTo("session_id");
        }
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        refused(414, "uri_too_long", raw.send("GET /" + "a".repeat(5000) + " HTTP/1.1", HOST));
    }

    @Test
    void headersThatAreTooLongAreRefused() {
        refused(400, "bad_request", raw.send("GET /health/live HTTP/1.1", HOST, "X-Long: " + "a".repeat(20_000)));
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
    void aFirstLineThatIsNotHttpIsRefused(String line) {
        Reply reply = raw.send(line, HOST);
        assertThat(reply.status()).isBetween(400, 505);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        Description.holdProblem(reply);
    }

    @Test
    void aRequestWithoutAHostIsRefused() {
        refused(400, "bad_request", raw.send("GET /health/live HTTP/1.1", "Accept: */*"));
        refused(400, "bad_request", raw.send("GET /health/live HTTP/1.1", HOST, "Host: 127.0.0.1"));
    }

    @Test
    void aLengthThatIsNoneIsRefused() {
        refused(400, "bad_request", raw.send("POST /api/onboarding/start HTTP/1.1", HOST, "Content-Length: many"));
        refused(400, "bad_request", raw.send("POST /api/onboarding/start HTTP/1.1", HOST, "Content-Length: -1"));
    }

    @Test
    void twoWaysToEndABodyAreRefused() {
        refused(
                400,
                "bad_request",
                raw.send(
                        "POST /api/onboarding/start HTTP/1.1",
                        HOST,
                        "Content-Length: 2",
                        "Transfer-Encoding: chunked"));
    }

    @Test
    void aCookieHeaderThatIsNoneHarmsNobody() {
        for (String cookie : new String[] {"", ";;;", "=", "onward_genesis", "a=b; ;c", "\"", "a=\"b"}) {
            Reply reply = raw.send("GET /health/live HTTP/1.1", HOST, "Connection: close", "Cookie: " + cookie);
            assertThat(reply.status()).as(cookie).isEqualTo(200);
            Reply status = raw.send("GET /api/onboarding/status HTTP/1.1", HOST, "Cookie: " + cookie);
            assertThat(status.status()).as(cookie).isIn(200, 422);
            Description.hold("GET", "/api/onboarding/status", status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/health/live", "/onboarding", "/nowhere", "/api/onboarding/start"})
    void nothingFollowsTheHeadersOfAnAnswerToHead(String path) {
        String answer = raw.sendAndReadAll("HEAD " + path + " HTTP/1.1", HOST, "Connection: close");
        assertThat(answer).startsWith("HTTP/1.1 ").endsWith("\r\n\r\n").containsOnlyOnce("\r\n\r\n");
        assertThat(answer).containsPattern("(?i)content-length: [1-9]");
    }

    @Test
    void theServerDoesNotSayWhatItIsMadeOf() {
        Reply reply = raw.send("GET /health/live HTTP/1.1", HOST);
        assertThat(reply.headers()).doesNotContainKeys("Server", "X-Powered-By");
    }

    private static void refused(int status, String code, Reply reply) {
        Description.holdProblem(reply);
        reply.isProblem(status, code);
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }
}
