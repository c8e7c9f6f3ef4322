package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** The same request at two servers of one database, and one that is under way for long. */
@Tag("postgresql")
class RetryOnNodesTest {
    private final String key = UUID.randomUUID().toString();
    private Site here;
    private Site there;

    @BeforeEach
    void open() {
        here = Site.local(DatabaseKind.POSTGRESQL);
        there = here.neighbour();
    }

    @AfterEach
    void close() {
        there.stop();
        here.close();
    }

    @Test
    void atBothServersAtOnceItIsDoneOnce() throws Exception {
        for (int round = 0; round < 4; round++) {
            String session = Setup.begun(here.api());
            List<Reply> replies = AtOnce.send(
                    16, number -> node(number).act(session, "restart").keyed(key));
            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(replies.stream().map(Reply::body).distinct()).hasSize(1);
        }
    }

    private Api node(int number) {
        return (number % 2 == 0 ? here : there).api();
    }

    @Test
    void aRepeatWaitsForTheFirstAndIsAnsweredAsItWas() throws SQLException {
        String session = Setup.begun(here.api());
        try (Connection somebody = here.database().connect()) {
            somebody.setAutoCommit(false);
            execute(somebody, "SELECT 1 FROM onboarding_sessions WHERE id = '" + session + "' FOR UPDATE");
            var first = sent(here.api().act(session, "restart").keyed(key));
            awaitWaiting(1);
            var repeat = sent(there.api().act(session, "restart").keyed(key));
            awaitWaiting(2);
            somebody.commit();
            assertThat(repeat.join().is(200).bytes())
                    .isEqualTo(first.join().is(200).bytes());
            assertThat(first.join().header("Idempotency-Replayed")).isEmpty();
            assertThat(repeat.join().header("Idempotency-Replayed")).contains("true");
        }
    }

    @Test
    void aFirstThatComesToNothingMakesRoomForItsRepeat() throws SQLException {
        String session = Setup.begun(here.api());
        try (Connection somebody = beginningTheSame(session)) {
            var repeat = sent(there.api().act(session, "dismiss").keyed(key));
            awaitWaiting(1);
            somebody.rollback();
            assertThat(repeat.join().is(200).header("Idempotency-Replayed")).isEmpty();
        }
    }

    @Test
    void aFirstThatTakesTooLongIsAConflictAndTheRepeatMayComeAgain() throws SQLException {
        String session = Setup.begun(here.api());
        Api.Request repeat = there.api().act(session, "dismiss").keyed(key);
        try (Connection somebody = beginningTheSame(session)) {
            Reply refused = repeat.refused(409, "request_running");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(here.api().session(session).ok().text("state")).isEqualTo("open");
            somebody.rollback();
        }
        assertThat(repeat.ok().text("state")).isEqualTo("dismissed");
    }

    /** A transaction that has written the idempotency record of the request and does not come to an end. */
    private Connection beginningTheSame(String session) throws SQLException {
        here.api().act(session, "dismiss").keyed(key).ok();
        here.api().act(session, "reopen").ok();
        here.database().execute("CREATE TABLE kept AS SELECT * FROM onboarding_idempotency_records");
        here.database().execute("DELETE FROM onboarding_idempotency_records");
        Connection connection = here.database().connect();
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO onboarding_idempotency_records SELECT * FROM kept");
        return connection;
    }

    private static CompletableFuture<Reply> sent(Api.Request request) {
        return CompletableFuture.supplyAsync(
                request::send, task -> Thread.ofVirtual().start(task));
    }

    /** Until so many transactions wait for another. */
    private void awaitWaiting(int number) {
        await().until(() -> here.database()
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
