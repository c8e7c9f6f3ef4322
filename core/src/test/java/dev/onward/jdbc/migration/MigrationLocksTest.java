package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.jdbc.postgresql.PostgresMigrationDialect;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Migration while the original software runs. On SQLite, a migration never waits in a queue that blocks others. */
@Tag("postgresql")
class MigrationLocksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestDatabase test = TestDatabase.empty(DatabaseKind.POSTGRESQL);
    private final SeedSql original = new SeedSql(test);
    private final ExecutorService operator = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        operator.close();
        test.close();
    }

    private static long process(Statement statement) throws SQLException {
        try (var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Fails if it would have to wait until the open transaction ends. */
    private void write(int number) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '10s'");
            statement.execute("INSERT INTO onboarding_sessions (id) VALUES ('beside " + number + "')");
            statement.execute("UPDATE onboarding_sessions SET current_step = 'f2_complete' WHERE id = 'ada'");
            connection.commit();
        }
    }

    @Test
    void theOriginalCanWriteWhileAMigrationWaitsAndNamesTheOpenTransaction() throws Exception {
        original.migration();
        original.start("ada", "ada", NOON);
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Future<List<Migrations.PendingMigration>> migrating;
        try (Connection open = test.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("SELECT * FROM onboarding_sessions");
            long process = process(statement);
            Migrations migrations = test.database().migrations();
            migrating = operator.submit(() -> migrations.migrate(lines::add));
            await().atMost(Duration.ofSeconds(60)).until(() -> !lines.isEmpty());
            for (int i = 0; i < 20; i++) {
                write(i);
            }
            assertThat(lines.peek())
                    .contains("waits for a lock", "onboarding_sessions", "pg_terminate_backend(" + process + ")");
            assertThat(migrating).isNotDone();
            open.rollback();
        }
        migrating.get(60, TimeUnit.SECONDS);
        assertThat(test.database().migrations().pending()).isEmpty();
        assertThat(test.query("SELECT count(*) FROM onboarding_sessions WHERE started_recorded"))
                .containsExactly("21");
    }

    @Test
    void reportsThatAnotherProcessMigrates() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Future<List<Migrations.PendingMigration>> migrating;
        try (Connection other = test.connect()) {
            PostgresMigrationDialect dialect = new PostgresMigrationDialect();
            dialect.lockMigrations(other, lines::add);
            assertThat(lines).isEmpty();
            migrating = operator.submit(() -> test.database().migrations().migrate(lines::add));
            await().atMost(Duration.ofSeconds(60)).until(() -> !lines.isEmpty());
            assertThat(lines).containsExactly("Another process is migrating this database: waiting for it");
            assertThat(test.query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'onboarding%'"))
                    .isEmpty();
            dialect.unlockMigrations(other);
        }
        assertThat(migrating.get(60, TimeUnit.SECONDS)).isNotEmpty();
    }

    @Test
    void everyMigrationLimitsItsLockWaits() {
        test.execute("CREATE TABLE ddl (tag text, query text, lock_timeout text)");
        test.execute("CREATE FUNCTION note_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO ddl VALUES (tg_tag, current_query(), current_setting('lock_timeout')); END $$");
        test.execute("CREATE EVENT TRIGGER note_ddl ON ddl_command_start EXECUTE FUNCTION note_ddl()");
        test.database().migrations().migrate();
        assertThat(test.query(
                        "SELECT DISTINCT lock_timeout FROM ddl WHERE query NOT LIKE '%onboarding_schema_history%'"))
                .containsExactly(PostgresMigrationDialect.MAX_DDL_WAIT_MILLIS + "ms");
        assertThat(PostgresMigrationDialect.MAX_DDL_WAIT_MILLIS).isLessThanOrEqualTo(200);
        assertThat(test.query("SHOW lock_timeout"))
                .as("connections that go back to the pool")
                .containsExactly("0");
    }

    @Test
    void backfillSkipsALockedSessionAndBackfillsItLater() throws Exception {
        test.database().migrations().migrate();
        for (String id : List.of("a", "held", "z")) {
            original.start(id, "ada", NOON);
        }
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE onboarding_sessions SET current_step = 'f2_complete' WHERE id = 'held'");
            assertThat(operator.submit(() -> test.database().backfill()).get(20, TimeUnit.SECONDS))
                    .isEqualTo(2);
            other.commit();
        }
        assertThat(test.database().backfill()).isEqualTo(1);
    }
}
