package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server prints and creates when it starts. */
@OnEachDatabase
class ServerStartTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final DatabaseKind kind;
    private final TestDatabase database;

    ServerStartTest(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void printsItsAddressItsModeItsDatabaseAndTheFirstPages() throws IOException {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
            assertThat(server.out())
                    .startsWith("Onward listens on http://127.0.0.1:")
                    .contains("local: every client that reaches this server is trusted")
                    .contains(database.database().product())
                    .contains(server.address() + "/onboarding", server.address() + "/docs");
            assertThat(api.get("/onboarding").status()).isEqualTo(200);
            assertThat(api.get("/docs").status()).isEqualTo(200);
        }
    }

    @Test
    void createsTheOperatorKeyOnceBesideTheFileAndNeverPrintsIt() throws IOException {
        String first = operatorsKey();
        String second = operatorsKey();

        assertThat(second).isEqualTo(first);
        assertThat(first.isEmpty()).as("there is no file to keep it beside").isEqualTo(kind == DatabaseKind.POSTGRESQL);
    }

    /** Starts a server, reads the key from the file that it names, and uses it. */
    private String operatorsKey() throws IOException {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            return switch (kind) {
                case SQLITE -> {
                    String path = server.out().replaceAll("(?s).*key with: cat (\\S+).*", "$1");
                    String key = Files.readString(Path.of(path)).strip();
                    assertThat(server.out()).doesNotContain(key);
                    assertThat(cleanup(api, key)).isEqualTo(200);
                    assertThat(cleanup(api, KEY)).isEqualTo(401);
                    yield key;
                }
                case POSTGRESQL -> {
                    assertThat(server.out()).contains("there is no operator's key", "ONWARD_OPERATOR_KEY");
                    assertThat(cleanup(api, KEY)).isEqualTo(401);
                    yield "";
                }
            };
        }
    }

    @Test
    void usesAConfiguredOperatorKeyWithoutPrintingItOrCreatingAnother() throws IOException {
        try (ServerProcess server = ServerProcess.start(Map.of("ONWARD_OPERATOR_KEY", KEY), database.jdbcUrl());
                HttpApi api = new HttpApi(server.address())) {
            assertThat(server.out()).contains("the one in the settings").doesNotContain(KEY);
            assertThat(cleanup(api, KEY)).isEqualTo(200);
            assertThat(cleanup(api, KEY.toUpperCase(Locale.ROOT))).isEqualTo(401);
        }
        if (kind == DatabaseKind.SQLITE) {
            Path file = Path.of(database.jdbcUrl().substring("jdbc:sqlite:".length()));
            assertThat(file.resolveSibling("operator.key")).doesNotExist();
        }
    }

    @Test
    void publicModeIsSetOrFollowsFromTheAddress() {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl(), "--mode", "public")) {
            assertThat(server.out()).contains("public: naming a user requires the operator's key");
        }
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl(), "--host", "0.0.0.0")) {
            assertThat(server.out())
                    .startsWith("Onward listens on http://localhost:")
                    .contains("public: naming");
        }
    }

    @Test
    void cleanupRunsByItself() throws IOException {
        database.database().migrations().migrate();
        String longAgo = database.sql("'2020-01-01 00:00:00.000000'", "'2020-01-01T00:00:00Z'");
        database.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('old', " + longAgo + ")");

        try (ServerProcess server = ServerProcess.start(database.jdbcUrl(), "--cleanup-every", "1s");
                HttpApi api = new HttpApi(server.address())) {
            await().until(() ->
                    database.query("SELECT id FROM onboarding_sessions").isEmpty());
            // It is counted at the end of the run, and a run pauses between its batches.
            await().until(() -> api.get("/metrics").response().body().contains("onward_sessions_deleted_total 1.0"));
        }
    }

    private static int cleanup(HttpApi api, String key) throws IOException {
        return api.post("/api/onboarding/cleanup?hours=24", Map.of(), "Authorization", "Bearer " + key)
                .status();
    }
}
