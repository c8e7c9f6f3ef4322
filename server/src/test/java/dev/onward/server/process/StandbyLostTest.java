package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL waits for a synchronous standby that is gone. */
@Tag("postgresql")
@Order(1)
class StandbyLostTest {
    private static final int CALLERS = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void writesHaveUnknownOutcomesAndReadinessAndMetricsSayWhy() throws Exception {
        try (EmbeddedPostgres postgres = PostgresServer.start(folder.resolve("data"), 0);
                ServerProcess server = ServerProcess.start(
                        Map.of("ONWARD_COMMIT_WAIT", "1s", "ONWARD_BATCH_SIZE", "1"),
                        "postgresql://127.0.0.1:" + postgres.getPort()
                                + "/postgres?user=postgres&options=-c%20synchronous_commit=on");
                HttpApi api = new HttpApi(server.address())) {
            assertThat(api.start("before").status()).isEqualTo(200);
            assertThat(api.get("/health/ready").response().body()).contains("confirmed in time");

            standby(postgres, "gone");
            writeUntilUnknown(api);

            assertThat(codes(api)).isSubsetOf("outcome_unknown", "busy");
            await().atMost(TIMEOUT).until(() -> {
                codes(api);
                return api.get("/health/ready").status() == 503;
            });
            assertThat(api.get("/health/ready").response().body()).contains("8 of at most 8", "pg_stat_replication");
            assertThat(api.get("/metrics").response().body())
                    .contains("onward_commits_waiting 8.0")
                    .containsPattern("onward_commits_abandoned_total [1-9]");

            standby(postgres, "");

            await().atMost(TIMEOUT).until(() -> api.get("/health/ready").status() == 200);
            assertThat(api.start("after").status()).isEqualTo(200);
        }
    }

    /** Repeats, because the setting takes a moment to reach every process of PostgreSQL. */
    private static void writeUntilUnknown(HttpApi api) {
        await().atMost(TIMEOUT).until(() -> api.start("during").text("code").equals("outcome_unknown"));
    }

    private static List<String> codes(HttpApi api) throws Exception {
        List<String> codes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> starts = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                starts.add(callers.submit(() -> api.start("during").text("code")));
            }
            for (Future<String> start : starts) {
                codes.add(start.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
        }
        return codes;
    }

    private static void standby(EmbeddedPostgres postgres, String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
