package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.DatabaseAudit;
import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database file cannot grow: the operating system limits its size, then lifts the limit. */
@Tag("sqlite")
class DatabaseFullTest {
    private static final int LIMIT_KIB = 6 * 1024;
    private static final int MAX_DECLARATIONS = 2_000;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated(DatabaseKind.SQLITE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void reportsTheTrueOutcomeWritesNothingByHalfAndRecovers() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of(), withLimits());
                HttpApi api = new HttpApi(server.address())) {
            List<String> declared = new ArrayList<>();
            HttpApi.HttpReply rejected = declareUntilRefused(api, declared);

            assertThat(rejected.status()).isIn(507, 503);
            assertThat(rejected.text("code")).isIn("database_full", "database_unavailable", "outcome_unknown");
            assertThat(rejected.response().body()).doesNotContain("Exception", "\tat ", "SQL", "onward.db");
            assertThat(api.get("/health/live").status()).isEqualTo(200);
            DatabaseAudit audit = new DatabaseAudit(database);
            audit.assertNothingHalfWritten();
            assertThat(audit.declarations()).isEqualTo(declared.size());

            freeSpace(server);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> api.post("/api/onboarding/first-declaration", Map.of("declaration", "Room again."))
                                    .status()
                            == 200);
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
            audit.assertNothingHalfWritten();
            assertThat(audit.declarations()).isEqualTo(declared.size() + 1);
            assertThat(api.status(declared.getFirst()).status()).isEqualTo(200);
        }
    }

    /** @param declared receives the sessions whose declaration was accepted */
    private static HttpApi.HttpReply declareUntilRefused(HttpApi api, List<String> declared) throws IOException {
        String more = "x".repeat(9_000);
        for (int i = 0; i < MAX_DECLARATIONS; i++) {
            HttpApi.HttpReply answer = api.post("/api/onboarding/first-declaration", Map.of("declaration", i + more));
            if (answer.status() != 200) {
                return answer;
            }
            declared.add(answer.text("session_id"));
        }
        throw new AssertionError("the file grew beyond its limit");
    }

    private List<String> withLimits() {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -S -f " + LIMIT_KIB + " && exec \"$@\"", "limited"));
        command.addAll(ServerProcess.java(List.of("serve", "--port", "0", "--db", database.jdbcUrl())));
        return command;
    }

    private static void freeSpace(ServerProcess server) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=unlimited:")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
