package dev.onward.server.http.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.ConcurrentRequests;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same request on two nodes of one database, and one that takes long. */
@Tag("postgresql")
class RetryOnTwoNodesTest {
    private final String key = UUID.randomUUID().toString();
    private TestServer firstNode;
    private TestServer secondNode;

    @BeforeEach
    void open() {
        firstNode = TestServer.local(DatabaseKind.POSTGRESQL);
        secondNode = firstNode.secondServer();
    }

    @AfterEach
    void close() {
        secondNode.stop();
        firstNode.close();
    }

    @Test
    void aRequestOnBothNodesIsDoneOnce() throws Exception {
        for (int round = 0; round < 4; round++) {
            String session = SetupFlow.startWithPlan(firstNode.api());
            List<ApiResponse> replies = ConcurrentRequests.send(
                    16, number -> node(number).action(session, "restart").idempotencyKey(key));
            assertThat(replies).extracting(ApiResponse::status).containsOnly(200);
            assertThat(replies.stream().map(ApiResponse::body).distinct()).hasSize(1);
        }
    }

    private ApiClient node(int number) {
        return (number % 2 == 0 ? firstNode : secondNode).api();
    }

    @Test
    void aRetryWaitsForTheFirstRequestAndGetsItsResponse() throws SQLException {
        String session = SetupFlow.startWithPlan(firstNode.api());
        try (Connection blocker = firstNode.database().connect()) {
            blocker.setAutoCommit(false);
            execute(blocker, "SELECT 1 FROM onboarding_sessions WHERE id = '" + session + "' FOR UPDATE");
            var first = sent(firstNode.api().action(session, "restart").idempotencyKey(key));
            awaitWaiting(1);
            var repeat = sent(secondNode.api().action(session, "restart").idempotencyKey(key));
            awaitWaiting(2);
            blocker.commit();
            assertThat(repeat.join().is(200).bytes())
                    .isEqualTo(first.join().is(200).bytes());
            assertThat(first.join().header("Idempotency-Replayed")).isEmpty();
            assertThat(repeat.join().header("Idempotency-Replayed")).contains("true");
        }
    }

    @Test
    void aRetryIsDoneIfTheFirstRequestIsRolledBack() throws SQLException {
        String session = SetupFlow.startWithPlan(firstNode.api());
        try (Connection blocker = beginningTheSame(session)) {
            var repeat = sent(secondNode.api().action(session, "dismiss").idempotencyKey(key));
            awaitWaiting(1);
            blocker.rollback();
            assertThat(repeat.join().is(200).header("Idempotency-Replayed")).isEmpty();
        }
    }

    @Test
    void aRetryBehindASlowRequestIsARetryableConflict() throws SQLException {
        String session = SetupFlow.startWithPlan(firstNode.api());
        ApiClient.ApiRequest repeat =
                secondNode.api().action(session, "dismiss").idempotencyKey(key);
        try (Connection blocker = beginningTheSame(session)) {
            ApiResponse rejected = repeat.expectProblem(409, "request_running");
            assertThat(rejected.header("Retry-After")).isPresent();
            assertThat(firstNode.api().session(session).ok().text("state")).isEqualTo("open");
            blocker.rollback();
        }
        assertThat(repeat.ok().text("state")).isEqualTo("dismissed");
    }

    /** Opens a transaction that has inserted the idempotency record of the request, and leaves it open. */
    private Connection beginningTheSame(String session) throws SQLException {
        firstNode.api().action(session, "dismiss").idempotencyKey(key).ok();
        firstNode.api().action(session, "reopen").ok();
        firstNode.database().execute("CREATE TABLE kept AS SELECT * FROM onboarding_idempotency_records");
        firstNode.database().execute("DELETE FROM onboarding_idempotency_records");
        Connection connection = firstNode.database().connect();
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO onboarding_idempotency_records SELECT * FROM kept");
        return connection;
    }

    private static CompletableFuture<ApiResponse> sent(ApiClient.ApiRequest request) {
        return CompletableFuture.supplyAsync(
                request::send, task -> Thread.ofVirtual().start(task));
    }

    /** Waits until this many transactions wait for another. */
    private void awaitWaiting(int number) {
        await().until(() -> firstNode
                        .database()
                        .query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .size()
                == number);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
