package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client disconnects during a long query. The query waits for a lock as long as the test wants. */
@Tag("postgresql")
class ClientDisconnectTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String FIGURES = "GET /api/onboarding/analytics HTTP/1.1\r\nHost: localhost\r\nAuthorization:"
            + " Bearer " + TestServer.KEY + "\r\n\r\n";
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static boolean reads(TestServer server) {
        return !server.database()
                .query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock' AND query LIKE '%gone AS%'")
                .isEmpty();
    }

    private static Socket connect(TestServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theQueryIsCancelledInTheDatabase() throws Exception {
        try (TestServer server = TestServer.local(DatabaseKind.POSTGRESQL);
                Connection other = server.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE onboarding_sessions IN ACCESS EXCLUSIVE MODE");
            try (Socket socket = connect(server)) {
                send(socket, FIGURES);
                await().atMost(TIMEOUT).until(() -> reads(server));
            }
            await().atMost(TIMEOUT).until(() -> !reads(server));
            other.rollback();
        }
    }

    @Test
    void aClientThatStaysGetsItsResponseAndKeepsItsConnection() throws Exception {
        try (TestServer server = TestServer.local(DatabaseKind.POSTGRESQL);
                Connection other = server.database().connect();
                Statement statement = other.createStatement();
                Socket socket = connect(server)) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE onboarding_sessions IN ACCESS EXCLUSIVE MODE");
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            send(socket, FIGURES);
            await().atMost(TIMEOUT).until(() -> reads(server));
            send(socket, LIVE);
            other.rollback();
            assertThat(answers.readLine()).startsWith("HTTP/1.1 200");
            await().atMost(TIMEOUT).until(() -> answers.readLine().contains("HTTP/1.1 200"));
        }
    }
}
