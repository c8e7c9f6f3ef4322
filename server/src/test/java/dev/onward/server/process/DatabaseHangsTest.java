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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database hangs: connections stay open, and no data arrives. */
@Tag("postgresql")
class DatabaseHangsTest {
    private static final int CALLERS = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final int MAX_THREADS = 120;
    private static final long MAX_KIB = 500 * 1024;

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

    private record UserReply(String user, HttpApi.HttpReply answer) {}

    @Test
    void answersEveryRequestStaysSmallAndRecoversWithoutARestart() throws Exception {
        try (ServerProcess server = ServerProcess.start(throughTheProxy());
                HttpApi api = new HttpApi(server.address());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(api.start("before").status()).isEqualTo(200);

            proxy.fallSilent();

            List<Future<UserReply>> starts = IntStream.range(0, CALLERS)
                    .mapToObj(i -> callers.submit(() -> new UserReply("user " + i, api.start("user " + i))))
                    .toList();
            await().atMost(TIMEOUT).until(() -> api.get("/health/ready").status() == 503);
            assertThat(api.get("/health/live").status()).isEqualTo(200);
            assertThat(figure(server, "Threads")).isLessThan(MAX_THREADS);
            assertThat(figure(server, "VmRSS")).isLessThan(MAX_KIB);
            List<UserReply> ended = new ArrayList<>();
            for (Future<UserReply> start : starts) {
                ended.add(start.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(ended).allSatisfy(call -> {
                assertThat(call.answer().status()).isEqualTo(503);
                assertThat(call.answer().text("code")).isIn("database_unavailable", "outcome_unknown", "busy");
                assertThat(call.answer().response().headers().firstValue("Retry-After"))
                        .isPresent();
            });

            proxy.allowConnections();

            await().atMost(TIMEOUT).until(() -> api.get("/health/ready").status() == 200);
            assertThat(api.start("after").status()).isEqualTo(200);
            assertThat(ended)
                    .filteredOn(call -> !call.answer().text("code").equals("outcome_unknown"))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(sessionsOf(call.user())).isEqualTo("0"));
            assertThat(ended)
                    .allSatisfy(call -> assertThat(sessionsOf(call.user())).isIn("0", "1"));
        }
    }

    private String sessionsOf(String user) {
        return database.query("SELECT count(*) FROM onboarding_sessions WHERE user_id = '" + user + "'")
                .getFirst();
    }

    /** A figure of the process from {@code /proc}. */
    private static long figure(ServerProcess server, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
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
