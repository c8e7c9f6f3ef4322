package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way to the database is cut while the server runs, and mended. */
@Tag("postgresql")
class DatabaseGoneTest {
    private static final Duration SOON = Duration.ofSeconds(20);

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
    void isToldTruthfullyAndHealsWithoutARestart() throws IOException {
        try (ServerProcess server = ServerProcess.start(throughTheProxy());
                Api api = new Api(server.address())) {
            String session = api.start("before").text("session_id");

            proxy.cut();

            // It finds the connections dead: whoever writes before that is known may be told that the outcome is not.
            isUnavailable(api.status(session));
            isUnavailable(api.start("meanwhile"));
            isUnavailable(api.declare(session, "I believe in cables."));
            assertThat(api.get("/health/live").status()).isEqualTo(200);
            Api.Answer ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.response().body()).contains("\"database\",\"ready\":false");

            proxy.mend();

            await().atMost(SOON).until(() -> api.get("/health/ready").status() == 200);
            assertThat(api.status(session).text("current_step")).isEqualTo("started");
            assertThat(api.declare(session, "I believe in cables.").status()).isEqualTo(200);
            assertThat(api.start("after").status()).isEqualTo(200);
        }
        assertThat(database.query("SELECT user_id FROM onboarding_sessions ORDER BY created_at"))
                .containsExactly("before", "after");
    }

    private static void isUnavailable(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("code")).isEqualTo("database_unavailable");
        assertThat(answer.response().headers().firstValueAsLong("Retry-After").orElse(0))
                .isPositive();
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ", "SQL", "127.0.0.1");
    }

    /** The database's own address. */
    private URI direct() {
        return URI.create(database.jdbcUrl().substring("jdbc:".length()));
    }

    private String throughTheProxy() {
        URI direct = direct();
        return "postgresql://127.0.0.1:" + proxy.port() + direct.getPath() + "?" + direct.getQuery();
    }
}
