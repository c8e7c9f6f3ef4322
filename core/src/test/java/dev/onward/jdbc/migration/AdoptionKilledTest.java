package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.ChildProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SchemaCatalog;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process that adopts a table is killed: the next one continues, and no row is lost. */
class AdoptionKilledTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ENDLESS_SNAPSHOT = "no statement has this";

    /** The transaction of the last statement is not committed yet. */
    @ParameterizedTest
    @CsvSource({
        "SQLITE, INSERT INTO onboarding_sessions_adopted",
        "POSTGRESQL, ALTER TABLE onboarding_sessions ADD COLUMN answers",
        "POSTGRESQL, CREATE TABLE onboarding_kblocks"
    })
    void theNextProcessContinuesAnInterruptedAdoption(DatabaseKind kind, String behind) throws Exception {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            SeedSql original = filled(database);
            List<String> rows = original.rows();
            Process adopting = start(database, behind);
            try (BufferedReader output = adopting.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine()).isEqualTo(StoppingMigration.STOPPED);
            }
            kill(adopting);
            original.start("cyd", "cyd", NOON);
            continuesAdoption(database, original, rows);
        }
    }

    /** The database continues with the statement until it notices, and may leave an invalid index. */
    @Test
    @Tag("postgresql")
    void theNextProcessContinuesWithAnUnfinishedIndex() throws Exception {
        try (TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL)) {
            SeedSql original = filled(database);
            List<String> rows = original.rows();
            try (Connection other = database.connect()) {
                other.setAutoCommit(false);
                read(other);
                Process adopting = start(database, ENDLESS_SNAPSHOT);
                await().atMost(Duration.ofSeconds(60)).until(() -> isMakingAnIndex(database));
                kill(adopting);
                other.rollback();
            }
            original.start("cyd", "cyd", NOON);
            continuesAdoption(database, original, rows);
        }
    }

    private static SeedSql filled(TestDatabase database) {
        SeedSql original = new SeedSql(database);
        original.initDb();
        original.start("ada", "ada", NOON);
        original.start("bob", "bob", NOON);
        original.complete("bob", NOON.plusSeconds(1));
        return original;
    }

    private static Process start(TestDatabase database, String behind) throws IOException {
        return ChildProcess.endingWithThisJvm(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppingMigration.class.getName(),
                        database.jdbcUrl(),
                        behind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A snapshot without locks from the earlier steps: only the creation of an index waits for it. */
    private static void read(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private static boolean isMakingAnIndex(TestDatabase database) {
        return !database.query("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'")
                .isEmpty();
    }

    private static void continuesAdoption(TestDatabase database, SeedSql original, List<String> rows) {
        Migrations migrations = database.database().migrations();
        assertThat(migrations.pending()).isNotEmpty();
        migrations.migrate();
        assertThat(migrations.pending()).isEmpty();
        assertThat(original.rows()).containsAll(rows).hasSize(rows.size() + 1);
        assertThat(original.events("ada")).hasSize(1);
        assertThat(original.events("bob")).hasSize(2);
        assertThat(original.events("cyd")).hasSize(1);
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            assertThat(SchemaCatalog.of(database)).isEqualTo(SchemaCatalog.ofNewest(DatabaseKind.POSTGRESQL));
        }
    }
}
