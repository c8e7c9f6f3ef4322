package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.ConcurrentUsers;
import dev.onward.server.process.testing.DatabaseAudit;
import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.SimulatedUser;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On SIGTERM, the server answers all accepted requests, and the process ends by itself. */
@OnEachDatabase
class DrainTest {
    /** The exit code of a JVM ended by SIGTERM: 128 and the number of the signal. */
    private static final int ENDED_BY_SIGTERM = 143;

    private static final int ENDED_BY_SIGINT = 130;

    private static final int WAITING = 16;

    private final DatabaseKind kind;
    private final TestDatabase database;

    DrainTest(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.migrated(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void answersAcceptedRequestsAndAcceptsNoMore() throws Exception {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address());
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpApi.HttpReply>> answers = new ArrayList<>();
            try (Connection busy = blockWriters()) {
                for (int i = 0; i < WAITING; i++) {
                    String name = "waiting-" + i;
                    answers.add(users.submit(() -> api.start(name)));
                }
                await().until(() -> running(api) == WAITING);

                server.terminate();
                await().until(() -> refuses(server));
                assertThat(answers).noneMatch(Future::isDone);
                busy.rollback();
            }

            for (Future<HttpApi.HttpReply> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
            assertThat(server.awaitEnd()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(server.log()).doesNotContain("WARN", "ERROR");
        }
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("" + WAITING);
    }

    @Test
    void acceptsRequestsForTheDrainTimeAndAsksClientsToClose() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("ONWARD_DRAIN", "10m"), database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            assertThat(api.start("before").response().headers().firstValue("Connection"))
                    .isNotEqualTo(Optional.of("close"));

            server.terminate();

            await().until(() -> api.get("/health/ready").status() == 503);
            HttpApi.HttpReply late = api.start("late");
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.response().headers().firstValue("Connection")).contains("close");
            assertThat(server.alive()).isTrue();

            // A person at a terminal need not wait for load balancers.
            server.signal("INT");
            server.awaitEnd();
        }
    }

    @Test
    void ctrlCSkipsTheDrainTime() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("ONWARD_DRAIN", "10m"), database.jdbcUrl())) {
            server.signal("INT");

            assertThat(server.awaitEnd()).isEqualTo(ENDED_BY_SIGINT);
        }
    }

    @Test
    void leavesNoUnansweredWriteWhenStoppedUnderLoad() {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                ConcurrentUsers users = ConcurrentUsers.at(server, "drained")) {
            users.awaitAnswers(200);
            server.terminate();
            assertThat(server.awaitEnd()).isEqualTo(ENDED_BY_SIGTERM);

            Collection<SimulatedUser> finished = users.finish();
            DatabaseAudit audit = new DatabaseAudit(database);
            audit.assertNothingHalfWritten();
            audit.assertResponsesStored(finished);
            long declared =
                    finished.stream().filter(user -> user.kblock().isPresent()).count();
            assertThat(audit.declarations())
                    .as("declarations that nobody was declared of")
                    .isEqualTo(declared);
        }
    }

    /** Locks what every writer needs, until the connection is closed. */
    private Connection blockWriters() throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            switch (kind) {
                case SQLITE -> statement.execute("INSERT INTO onboarding_sessions (id) VALUES ('in the way')");
                case POSTGRESQL -> statement.execute("LOCK TABLE onboarding_sessions IN EXCLUSIVE MODE");
            }
        }
        return connection;
    }

    private static int running(HttpApi api) throws IOException {
        return api.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("onward_http_requests_active "))
                .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    private static boolean refuses(ServerProcess server) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
