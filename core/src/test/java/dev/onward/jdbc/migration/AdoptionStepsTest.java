package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresBackend;
import dev.onward.jdbc.postgresql.PostgresMigrationDialect;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SchemaCatalog;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How PostgreSQL adopts a table in use: step by step. */
@Tag("postgresql")
class AdoptionStepsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL);
    private final SeedSql original = new SeedSql(database);

    @BeforeEach
    void fill() {
        original.initDb();
        original.start("ada", "ada", NOON);
        original.start("bob", "bob", NOON);
        original.complete("bob", NOON.plusSeconds(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return database.database().migrations();
    }

    /**
     * Records each DDL statement with its lock timeout and its transaction; rejects statements that match a pattern.
     */
    private void watch(String rejectedPattern) {
        database.execute("CREATE SCHEMA watch");
        database.execute("CREATE TABLE watch.ddl (tag text, query text, lock_timeout text, xact xid8)");
        database.execute("CREATE TABLE watch.rewrites (query text)");
        database.execute("CREATE FUNCTION watch.note_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF current_query() LIKE '" + rejectedPattern + "' THEN RAISE EXCEPTION 'stopped here'; END IF;"
                // DROP INDEX CONCURRENTLY must be the first statement of its transaction.
                + " IF tg_tag <> 'DROP INDEX' THEN INSERT INTO watch.ddl VALUES (tg_tag, current_query(),"
                + " current_setting('lock_timeout'), pg_current_xact_id()); END IF; END $$");
        database.execute("CREATE EVENT TRIGGER note_ddl ON ddl_command_start EXECUTE FUNCTION watch.note_ddl()");
        database.execute("CREATE FUNCTION watch.note_rewrite() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO watch.rewrites VALUES (current_query()); END $$");
        database.execute("CREATE EVENT TRIGGER note_rewrite ON table_rewrite EXECUTE FUNCTION watch.note_rewrite()");
    }

    private void watchNoMore() {
        database.execute("DROP EVENT TRIGGER note_ddl");
        database.execute("DROP EVENT TRIGGER note_rewrite");
    }

    private List<String> noted(String columns, String condition) {
        return database.query("SELECT DISTINCT " + columns + " FROM watch.ddl WHERE " + condition);
    }

    private void isAdopted() {
        assertThat(SchemaCatalog.of(database)).isEqualTo(SchemaCatalog.ofNewest(DatabaseKind.POSTGRESQL));
        assertThat(original.events("ada")).hasSize(1);
        assertThat(original.events("bob")).hasSize(2);
        assertThat(migrations().pending()).isEmpty();
    }

    @Test
    void listsEveryStepWithItsSqlBeforeItRuns() {
        List<Migrations.PendingMigration> pending = migrations().pending();
        assertThat(pending)
                .extracting(Migrations.PendingMigration::script)
                .contains(
                        "adopt: set the default of completed",
                        "adopt: add the column answers",
                        "adopt: add onboarding_sessions_answers_check",
                        "adopt: validate onboarding_sessions_answers_check",
                        "adopt: create the index onboarding_sessions_newest",
                        "adopt: drop the index ix_onboarding_sessions_user_id")
                .endsWith("V1__schema.sql");
        assertThat(pending)
                .extracting(Migrations.PendingMigration::sql)
                .contains("ALTER TABLE onboarding_sessions ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';");
        assertThat(migrations().migrate()).isEqualTo(pending);
    }

    @Test
    void noStepBlocksWritersForLong() {
        watch("");
        migrations().migrate();
        watchNoMore();
        assertThat(database.query("SELECT * FROM watch.rewrites"))
                .as("tables that were written anew")
                .isEmpty();
        assertThat(noted("lock_timeout", "tag = 'ALTER TABLE' AND query LIKE '%onboarding_sessions%'"))
                .containsExactly("150ms");
        assertThat(noted("query", "query LIKE '%ADD CONSTRAINT%' AND query LIKE 'ALTER TABLE onboarding_sessions%'"))
                .hasSize(3)
                .allMatch(query -> query.endsWith("NOT VALID"));
        assertThat(noted("query", "query LIKE '%VALIDATE CONSTRAINT%'")).hasSize(3);
        assertThat(noted("query", "query LIKE 'CREATE INDEX%idx_onboarding%' AND query NOT LIKE '%IF NOT EXISTS%'"))
                .hasSize(3)
                .allMatch(query -> query.startsWith("CREATE INDEX CONCURRENTLY"));
        assertThat(database.query("SELECT xact FROM watch.ddl WHERE query LIKE 'ALTER TABLE onboarding_sessions%'"
                        + " GROUP BY xact HAVING count(*) > 1"))
                .as("transactions of several steps")
                .isEmpty();
        isAdopted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%ADD COLUMN flow_version%",
                "%ADD COLUMN last_active_at%",
                "%VALIDATE CONSTRAINT onboarding_sessions_revision_check%",
                "CREATE INDEX CONCURRENTLY onboarding_sessions_newest%",
                "DROP INDEX CONCURRENTLY ix_%",
                "%CREATE TABLE onboarding_kblocks%"
            })
    void anInterruptedAdoptionContinues(String at) {
        watch(at);
        int all = migrations().pending().size();
        assertThatThrownBy(() -> migrations().migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("stopped here");
        watchNoMore();
        original.start("cyd", "cyd", NOON);
        assertThat(migrations().pending()).hasSizeLessThan(all).isNotEmpty();
        assertThat(migrations().migrate()).hasSizeLessThan(all);
        isAdopted();
        assertThat(original.events("cyd")).hasSize(1);
    }

    @Test
    void recreatesAnUnfinishedIndex() {
        watch("CREATE INDEX CONCURRENTLY onboarding_sessions_unrecorded%");
        assertThatThrownBy(() -> migrations().migrate()).isInstanceOf(DatabaseException.class);
        watchNoMore();
        database.execute("UPDATE pg_index SET indisvalid = false"
                + " WHERE indexrelid = 'idx_onboarding_sessions_completed'::regclass");
        assertThat(migrations().pending())
                .extracting(Migrations.PendingMigration::script)
                .containsSubsequence(
                        "adopt: drop the unfinished index idx_onboarding_sessions_completed",
                        "adopt: create the index idx_onboarding_sessions_completed",
                        "adopt: create the index onboarding_sessions_unrecorded");
        migrations().migrate();
        isAdopted();
    }

    /** A transaction that uses the table for longer than the creation of an index waits. */
    @Test
    void recreatesAnIndexWhoseCreationTimedOutInTheSameRun() throws SQLException {
        watch("CREATE INDEX CONCURRENTLY%");
        assertThatThrownBy(() -> migrations().migrate()).isInstanceOf(DatabaseException.class);
        watchNoMore();
        List<String> unfinished = new ArrayList<>();
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            use(other);
            waitingFor(Duration.ofMillis(200)).migrate(line -> {
                unfinished.addAll(database.query("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"));
                end(other);
            });
        }
        assertThat(unfinished).hasSize(1);
        isAdopted();
    }

    private Migrations waitingFor(Duration concurrentWait) {
        PostgresBackend backend = new PostgresBackend(WriteLimits.forWork());
        return new Migrations(
                database.dataSource(),
                backend.dialect(),
                new PostgresMigrationDialect(concurrentWait),
                backend.backfill());
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE onboarding_sessions SET user_id = user_id WHERE id = 'ada'");
        }
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
