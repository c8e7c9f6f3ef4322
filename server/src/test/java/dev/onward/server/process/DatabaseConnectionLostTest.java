package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection to the database is cut while the server runs, and restored. */
@Tag("postgresql")
@Order(1)
class DatabaseConnectionLostTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration TIMEOUT_MARGIN = Duration.ofSeconds(20);

    private TestDatabase database;
    private CuttingProxy proxy;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        proxy = CuttingProxy.to(direct().getPort());
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void reportsTheTrueOutcomeAndRecoversWithoutARestart() throws IOException {
        try (ServerProcess server = ServerProcess.start(throughTheProxy());
                HttpApi api = new HttpApi(server.address())) {
            String session = api.start("before").text("session_id");

            proxy.cut();

            // The server detects the dead connections. Until then, a write may get outcome_unknown.
            isUnavailable(api.status(session));
            isUnavailable(api.start("meanwhile"));
            isUnavailable(api.declare(session, "I believe in cables."));
            assertThat(api.get("/health/live").status()).isEqualTo(200);
            HttpApi.HttpReply ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.response().body()).contains("\"database\",\"ready\":false");

            proxy.allowConnections();

            await().atMost(TIMEOUT_MARGIN).until(() -> api.get("/health/ready").status() == 200);
            assertThat(api.status(session).text("current_step")).isEqualTo("started");
            assertThat(api.declare(session, "I believe in cables.").status()).isEqualTo(200);
            assertThat(api.start("after").status()).isEqualTo(200);
        }
        assertThat(database.query("SELECT user_id FROM onboarding_sessions ORDER BY created_at"))
                .containsExactly("before", "after");
    }

    @Test
    void anOutageIsLoggedOnceAtItsBeginningAndEndAndHasAMetric() throws IOException {
        try (ServerProcess server = ServerProcess.start(throughTheProxy());
                HttpApi api = new HttpApi(server.address())) {
            assertThat(metric(api, "onward_database_available")).isOne();
            assertThat(metric(api, "onward_database_failures_total")).isZero();

            proxy.cut();

            isUnavailable(api.start("one"));
            isUnavailable(api.start("two"));
            // The server's jobs fail too.
            await().atMost(TIMEOUT).until(() -> metric(api, "onward_database_failures_total") >= 4);
            assertThat(metric(api, "onward_database_available")).isZero();

            proxy.allowConnections();

            await().atMost(TIMEOUT).until(() -> server.log().contains("available again"));
            assertThat(metric(api, "onward_database_available")).isOne();
            assertThat(server.log().lines().filter(line -> !line.contains("answered")))
                    .as("besides the requests")
                    .satisfiesExactly(
                            begin -> assertThat(begin).contains("WARN", "The database is unavailable"),
                            end -> assertThat(end).contains("INFO", "The database is available again, after"));
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
            assertThat(server.log()).as("probes").doesNotContain("/health/");
        }
    }

    private static double metric(HttpApi api, String name) throws IOException {
        return api.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void isUnavailable(HttpApi.HttpReply answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("code")).isEqualTo("database_unavailable");
        assertThat(answer.response().headers().firstValueAsLong("Retry-After").orElse(0))
                .isPositive();
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ", "SQL", "127.0.0.1");
    }

    /** The address of the database itself. */
    private URI direct() {
        return URI.create(database.jdbcUrl().substring("jdbc:".length()));
    }

    private String throughTheProxy() {
        URI direct = direct();
        return "postgresql://127.0.0.1:" + proxy.port() + direct.getPath() + "?" + direct.getQuery();
    }
}
