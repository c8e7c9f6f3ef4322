package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.AbandonedCommits;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.OutcomeUnknown;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.ConcurrentCalls.CallOutcome;
import dev.onward.testing.PostgresServer;
import dev.onward.transition.IdGenerator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A synchronous standby is required, and does not respond. */
@Tag("postgresql")
@Order(1)
class SynchronousStandbyTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration COMMIT_WAIT = Duration.ofSeconds(2);
    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres server;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private HikariDataSource pool;
    private Database database;
    private SessionService sessions;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start(folder.resolve("data"), 0);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setConnectionTimeout(1_000);
        // The embedded server would not wait for the standby.
        config.addDataSourceProperty("options", "-c synchronous_commit=on");
        pool = new HikariDataSource(config);
        open(BatchSettings.MAX_SIZE);
        database.migrations().migrate();
    }

    private void open(int largestBatch) {
        database = Database.open(
                pool,
                new BatchSettings(largestBatch, BatchSettings.defaults().observer()),
                List.of(),
                WriteLimits.forServing().withCommitWait(COMMIT_WAIT));
        sessions = new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }

    @AfterEach
    void close() {
        waitForStandby("");
        await().atMost(TIMEOUT).until(() -> ask(WAITING).equals("0"));
        callers.close();
        database.close();
        pool.close();
    }

    private static void waitForStandby(String name) {
        ask("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        ask("SELECT pg_reload_conf()");
        await().atMost(TIMEOUT)
                .until(() -> ask("SHOW synchronous_standby_names").equals(name));
        // Another thread reads it for all callers.
        await().atMost(TIMEOUT).until(() -> name.isEmpty() || standbyIsAwaited());
    }

    private static boolean standbyIsAwaited() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            connection.setNetworkTimeout(Runnable::run, 300);
            statement.execute("SELECT pg_logical_emit_message(true, 'test', 'awaited')");
            return false;
        } catch (SQLException e) {
            assertThat(e.getCause()).isInstanceOf(SocketTimeoutException.class);
        }
        await().atMost(TIMEOUT).until(() -> {
            ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
            return ask(WAITING).equals("0");
        });
        return true;
    }

    private static String ask(String question) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(question)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? row.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String start(String user) {
        return sessions.start(StartRequest.of("genesis").by(user))
                .onboarding()
                .session()
                .id();
    }

    private static String sessionsOf(String user) {
        return ask("SELECT count(*) FROM onboarding_sessions WHERE user_id = '" + user + "'");
    }

    private AbandonedCommits abandoned() {
        return database.abandonedCommits().orElseThrow();
    }

    private static void cancelOneThatWaits() {
        await().atMost(TIMEOUT)
                .until(() -> ask("SELECT bool_or(pg_cancel_backend(pid)) FROM pg_stat_activity"
                                + " WHERE wait_event = 'SyncRep'")
                        .equals("t"));
    }

    @Test
    void theOutcomeOfAnUnconfirmedBatchIsUnknownAndItsCommitContinues() {
        waitForStandby("nobody");

        assertThatThrownBy(() -> start("ada")).isInstanceOf(OutcomeUnknown.class);

        assertThat(ask(WAITING)).as("nothing cancelled it").isEqualTo("1");
        assertThat(sessionsOf("ada")).isEqualTo("0");
        assertThat(abandoned().total()).isEqualTo(1);
        assertThat(abandoned().waiting()).isEqualTo(1);
        assertThat(abandoned().refusesWrites()).isFalse();

        waitForStandby("");

        await().atMost(TIMEOUT).until(() -> abandoned().waiting() == 0);
        assertThat(sessionsOf("ada")).isEqualTo("1");
        assertThat(abandoned().total()).isEqualTo(1);
    }

    @Test
    void theOutcomeOfAnUnconfirmedTransactionIsUnknownAndItsCommitContinues() {
        String id = start("bea");
        waitForStandby("nobody");

        assertThatThrownBy(() -> sessions.restart(id, WriteConditions.none())).isInstanceOf(OutcomeUnknown.class);

        assertThat(ask(WAITING)).as("nothing cancelled it").isEqualTo("1");
        assertThat(sessionsOf("bea")).isEqualTo("1");

        waitForStandby("");

        await().atMost(TIMEOUT).until(() -> sessionsOf("bea").equals("2"));
    }

    @Test
    void doesNotReportACancelledWaitAsSuccess() throws Exception {
        waitForStandby("nobody");
        Future<String> start = callers.submit(() -> start("cleo"));

        cancelOneThatWaits();

        assertThatThrownBy(() -> start.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void doesNotReportACancelledWaitOfATransactionAsSuccess() {
        String id = start("dora");
        waitForStandby("nobody");
        Future<?> restart = callers.submit(() -> sessions.restart(id, WriteConditions.none()));

        cancelOneThatWaits();

        assertThatThrownBy(() -> restart.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void confirmsACancelledWaitWhenTheStandbyIsBack() throws Exception {
        waitForStandby("nobody");
        Future<String> start = callers.submit(() -> start("emmy"));
        cancelOneThatWaits();

        waitForStandby("");

        start.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(sessionsOf("emmy")).isEqualTo("1");
    }

    @Test
    void atMostEightCommitsWaitAndFurtherWritesAreRejectedAsBusy() throws Exception {
        database.close();
        open(1);
        waitForStandby("nobody");

        List<CallOutcome<String>> ended = ConcurrentCalls.run(
                Collections.nCopies(3 * AbandonedCommits.LIMIT, (Callable<String>) () -> start("fay")));

        assertThat(ended).filteredOn(call -> unknown(call.failure())).hasSize(AbandonedCommits.LIMIT);
        assertThat(ended)
                .filteredOn(call -> !unknown(call.failure()))
                .allSatisfy(call -> assertThat(call.failure()).isInstanceOf(StoreBusy.class));
        assertThat(ask(WAITING)).isEqualTo("" + AbandonedCommits.LIMIT);
        assertThat(abandoned().refusesWrites()).isTrue();
        assertThatThrownBy(() -> start("gil")).isInstanceOf(StoreBusy.class);

        waitForStandby("");

        await().atMost(TIMEOUT).until(() -> !abandoned().refusesWrites());
        assertThat(sessionsOf("fay")).isEqualTo("" + AbandonedCommits.LIMIT);
        start("gil");
        assertThat(sessionsOf("gil")).isEqualTo("1");
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof OnboardingException.OutcomeUnknown;
    }
}
