package dev.onward.server.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.RawHttp;
import dev.onward.server.http.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Too many or too slow connections do not affect the others. */
@Tag("sqlite")
class ConnectionLimitsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int BODY_BYTES = 64 * 1024;

    private static final String HEAD = String.join(
            "\r\n", "POST /api/onboarding/start HTTP/1.1", "Host: localhost", "Content-Type: application/json", "");
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void aConnectionAboveTheLimitGets503AndTheOthersAreServed() throws IOException {
        int limit = 20;
        try (TestServer server = TestServer.withLimits(limits(limit, LONG, LONG, LONG, LONG))) {
            for (int i = 0; i < limit; i++) {
                assertThat(answer(connect(server), LIVE)).startsWith("HTTP/1.1 200 ");
            }

            ApiResponse rejected = new RawHttp(server.port()).sendText("");
            rejected.isProblem(503, "busy");
            assertThat(rejected.header("Connection")).contains("close");
            assertThat(rejected.header("Retry-After")).isPresent();

            for (Socket socket : sockets) {
                assertThat(answer(socket, LIVE)).startsWith("HTTP/1.1 200 ");
            }
            sockets.getFirst().close();
            await().untilAsserted(() -> assertThat(open(server)).isLessThan(limit));
            assertThat(server.metrics()
                            .get("onward.http.connections.refused")
                            .counter()
                            .count())
                    .isPositive();
            server.api().start().ok();
        }
    }

    @Test
    void tooManyRejectedConnectionsDoNotEndTheListener() throws IOException {
        try (TestServer server = TestServer.withLimits(limits(16, LONG, LONG, LONG, LONG))) {
            for (int i = 0; i < 300; i++) {
                connect(server);
            }
            close();
            // The server may accept some of them only now.
            await().untilAsserted(() -> server.api().start().ok());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /health/live HTTP/1.1\r\nX-Slow: "})
    void anIncompleteHeadIsEndedAtItsDeadline(String request) throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, SHORT, LONG, LONG, LONG))) {
            Socket socket = connect(server);
            assertThat(isClosedWhileSending(socket, request)).isTrue();
            assertThat(overdue(server, "head")).isOne();
            server.api().start().ok();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /health/li, ''", "'', GET /health/li"})
    void theHeadOfALaterRequestHasADeadlineToo(String withTheFirst, String behindIt) throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, SHORT, LONG, LONG, LONG))) {
            Socket socket = connect(server);
            assertThat(answer(socket, LIVE + withTheFirst)).startsWith("HTTP/1.1 200 ");
            send(socket, behindIt);
            assertThat(isClosed(socket)).isTrue();
            assertThat(overdue(server, "head")).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 60000\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n8000\r\n{"})
    void anIncompleteBodyIsEndedAtItsDeadline(String request) throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, LONG, SHORT, LONG, LONG))) {
            Socket socket = connect(server);
            assertThat(isClosedWhileSending(socket, HEAD + request)).isTrue();
            assertThat(overdue(server, "body")).isOne();
            server.api().start().ok();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, LONG, LONG, SHORT, LONG))) {
            Socket socket = connect(server);
            assertThat(answer(socket, LIVE)).startsWith("HTTP/1.1 200 ");
            assertThat(isClosed(socket)).isTrue();
            assertThat(overdue(server, "idle")).isOne();
        }
    }

    @Test
    void anUnreadResponseIsEndedAtItsDeadline() throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, LONG, LONG, LONG, SHORT))) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            // More than the buffers of both sides hold.
            send(socket, "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(300));
            await().untilAsserted(() -> assertThat(overdue(server, "write")).isOne());
            server.api().start().ok();
        }
    }

    @Test
    void rejectsBodiesAboveTheMemoryLimitAndServesSmallOnes() throws IOException {
        try (TestServer server = TestServer.withLimits(limits(100, LONG, LONG, LONG, LONG))) {
            String unfinished = HEAD + "Content-Length: 60000\r\n\r\n" + " ".repeat(59_000);
            send(connect(server), unfinished);
            await().untilAsserted(() -> assertThat(answer(connect(server), unfinished + " ".repeat(1000)))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After"));
            server.api().start().ok();

            // Completed and aborted bodies free their memory.
            close();
            await().untilAsserted(() -> assertThat(answer(connect(server), unfinished + " ".repeat(998) + "{}"))
                    .startsWith("HTTP/1.1 200 "));
        }
    }

    private static ConnectionLimits limits(
            int connections, Duration head, Duration body, Duration idle, Duration write) {
        return new ConnectionLimits(connections, BODY_BYTES, head, body, idle, write);
    }

    private static double open(TestServer server) {
        return server.metrics().get("onward.http.connections").gauge().value();
    }

    private static double overdue(TestServer server, String phase) {
        return server.metrics()
                .get("onward.http.connections.overdue")
                .tag("stage", phase)
                .counter()
                .count();
    }

    private Socket connect(TestServer server) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(10_000);
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends text and returns the first response. */
    private static String answer(Socket socket, String text) {
        try {
            send(socket, text);
            byte[] some = new byte[8192];
            int length = socket.getInputStream().read(some);
            return new String(some, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a byte from time to time, which must not extend the deadline. */
    private static boolean isClosedWhileSending(Socket socket, String request) throws IOException {
        send(socket, request);
        if (request.isEmpty()) {
            return isClosed(socket);
        }
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            try {
                send(socket, "a");
                return false;
            } catch (IOException e) {
                return true;
            }
        });
        return true;
    }

    private static boolean isClosed(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // The previous response.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
