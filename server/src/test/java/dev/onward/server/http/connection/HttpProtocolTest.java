package dev.onward.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.testing.OnOneDatabase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HTTP/1.1 and HTTP/1.0 promise to clients. */
@OnOneDatabase
class HttpProtocolTest extends HttpTest {
    private static final String HOST = "Host: localhost";

    private RawHttp raw;

    @BeforeEach
    void connect() {
        raw = new RawHttp(server.port());
    }

    @Test
    void closesTheConnectionOfAnHttp10Client() {
        String answer = raw.sendAndReadAll("GET /health/live HTTP/1.0", HOST);
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"up\"}");
    }

    @Test
    void keepsTheConnectionOfAnHttp10ClientThatAsksForIt() {
        String answers = raw.sendAndReadAll(
                "GET /health/live HTTP/1.0",
                HOST,
                "Connection: keep-alive",
                "",
                "GET /health/live HTTP/1.0",
                HOST,
                "Connection: close");
        assertThat(answers).containsIgnoringCase("connection: keep-alive");
        assertThat(statuses(answers)).isEqualTo("200 200");
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        String answers = raw.sendAndReadAll(
                "GET /health/live HTTP/1.1",
                HOST,
                "",
                "GET /nowhere HTTP/1.1",
                HOST,
                "",
                "HEAD /health/live HTTP/1.1",
                HOST,
                "",
                "GET /health/live HTTP/1.1",
                HOST,
                "Connection: close");
        assertThat(statuses(answers)).isEqualTo("200 404 200 200");
    }

    @Test
    void asksForTheBodyOfAClientThatExpects100Continue() {
        String head = String.join(
                "\r\n",
                "POST /api/onboarding/start HTTP/1.1",
                HOST,
                "Expect: 100-continue",
                "Connection: close",
                "Content-Type: application/json",
                "Content-Length: 2",
                "",
                "");
        String answer = raw.sendAfter(head, "HTTP/1.1 100 Continue\r\n\r\n", "{}");
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answersAClientThatHasClosedItsSide() {
        assertThat(raw.sendAndClose("GET /health/live HTTP/1.1", HOST)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void acceptsAWholeUrlAsTheAddress() {
        assertThat(raw.send("GET http://localhost/health/live?a=b HTTP/1.1", HOST)
                        .status())
                .isEqualTo(422);
        assertThat(raw.send("GET http://localhost HTTP/1.1", HOST).status()).isEqualTo(200);
    }

    @Test
    void aResponseHasItsDate() {
        String date = raw.send("GET /health/live HTTP/1.1", HOST).header("Date").orElseThrow();
        Instant sent = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        assertThat(sent).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    private static String statuses(String answers) {
        return String.join(
                " ",
                Pattern.compile("HTTP/1.1 (\\d+)")
                        .matcher(answers)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }
}
