package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database;
import dev.onward.jdbc.migration.Migrations.PendingMigration;
import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pending, what runs, and what is rejected. */
@OnEachDatabase
class MigrationsTest {
    private static final Instant NOON = Instant.parse("2025-12-25T12:00:00.123456Z");

    private final DatabaseKind kind;
    private TestDatabase database;
    private SeedSql seed;

    MigrationsTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = TestDatabase.empty(kind);
        seed = new SeedSql(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations() {
        return database.database().migrations();
    }

    @Test
    void everyScriptIsPendingOnAnEmptyDatabase() throws Exception {
        Path folder = Path.of(Optional.ofNullable(
                        Migrations.class.getResource("/onward-schema/" + database.sql("sqlite", "postgresql")))
                .orElseThrow()
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(migrations().pending())
                    .extracting(PendingMigration::script)
                    .containsExactlyElementsOf(files.map(Path::getFileName)
                            .map(Path::toString)
                            .sorted(java.util.Comparator.comparing(
                                    name -> new BigDecimal(name.substring(1, name.indexOf("__")))))
                            .toList());
        }
    }

    @Test
    void listingPendingMigrationsChangesNothing() {
        List<PendingMigration> pending = migrations().pending();
        assertThat(pending.getFirst().sql()).contains("CREATE TABLE IF NOT EXISTS onboarding_sessions");
        assertThat(objects()).isEmpty();
        assertThat(migrations().migrate()).isEqualTo(pending);
        assertThat(migrations().pending()).isEmpty();
        assertThat(migrations().migrate()).isEmpty();
    }

    private List<String> objects() {
        return database.query(database.sql(
                "SELECT sql FROM sqlite_master ORDER BY 1",
                "SELECT table_name || '.' || column_name || ' ' || coalesce(column_default, '')"
                        + " FROM information_schema.columns WHERE table_schema = 'public'"
                        + " UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
                        + " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                        + " ORDER BY 1"));
    }

    @Test
    void acceptsANewerSchemaThatIsMarkedAsCompatible() {
        migrations().migrate();
        database.execute("ALTER TABLE onboarding_sessions ADD COLUMN of_tomorrow VARCHAR(8) DEFAULT 'x' NOT NULL");
        database.execute("CREATE TABLE onboarding_tomorrow (id INTEGER)");
        database.migratedByALaterOnward("V99__compatible_tomorrow.sql");
        assertThat(migrations().schema().newer())
                .hasValueSatisfying(newer ->
                        assertThat(newer.text()).contains("version 99", "up to " + Migrations.newestVersion()));
        assertThat(migrations().pending()).isEmpty();
        assertThat(migrations().migrate()).isEmpty();
        SessionService sessions = new SessionService(
                BuiltInFlow.catalog(), database.database().sessions(), () -> NOON, IdGenerator.random());
        String id = sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
        assertThat(sessions.complete(id).session()).isEqualTo(sessions.get(id).session());
        assertThat(seed.events(id)).hasSize(2);
    }

    @Test
    void rejectsANewerSchemaWithAMigrationThatIsNotMarkedAsCompatible() {
        migrations().migrate();
        database.migratedByALaterOnward("V98__tomorrow.sql");
        database.migratedByALaterOnward("V100.1__compatible_day_after.sql");
        isRefused("version 100.1", "up to " + Migrations.newestVersion(), "docs/upgrade.md");
    }

    /** The history of such a database names scripts that no release contains. */
    @Test
    void rejectsADatabaseOfADevelopmentVersionInOneLineWithoutChangingIt() {
        migrations().migrate();
        database.execute("UPDATE onboarding_schema_history SET script = 'V1__seed_table.sql' WHERE version = '1'");
        database.migratedByALaterOnward("V2__flows_events_kblocks_profiles.sql");
        database.migratedByALaterOnward("V13__compatible_flow_files.sql");
        List<String> history = database.query("SELECT * FROM onboarding_schema_history ORDER BY installed_rank");
        isRefused(
                "development version of Onward (V1__seed_table.sql)", "nothing in it was changed", "another database");
        assertThat(database.query("SELECT * FROM onboarding_schema_history ORDER BY installed_rank"))
                .isEqualTo(history);
        assertThatThrownBy(() -> migrations().schema()).isInstanceOf(DatabaseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onboarding_events",
                "onboarding_flows",
                "onboarding_kblocks",
                "onboarding_profiles",
                "onboarding_sessions",
                "onboarding_schema_history"
            })
    void rejectsAForeignTableWithOneOfOnwardsNames(String table) {
        database.execute("CREATE TABLE " + table + " (id VARCHAR(64) PRIMARY KEY, theirs INTEGER)");
        isRefused(table, "does not know", "Rename that table");
    }

    @Test
    void rejectsASessionsTableThatLacksAColumn() {
        seed.initDb();
        database.execute("ALTER TABLE onboarding_sessions DROP COLUMN first_declaration");
        isRefused("onboarding_sessions", "has no column first_declaration");
    }

    @Test
    void rejectsASessionsTableWithAColumnNamedLikeOneOfOnwards() {
        seed.initDb();
        database.execute("ALTER TABLE onboarding_sessions ADD COLUMN flow INTEGER");
        isRefused("onboarding_sessions", "has a column flow of its own");
    }

    @Test
    void reportsAllDifferencesOfASessionsTable() {
        seed.initDb();
        database.execute("ALTER TABLE onboarding_sessions DROP COLUMN updated_at");
        database.execute("ALTER TABLE onboarding_sessions DROP COLUMN first_declaration");
        database.execute("ALTER TABLE onboarding_sessions ADD COLUMN flow INTEGER");
        isRefused("it has no column first_declaration; it has no column updated_at; it has a column flow of its own");
    }

    private void isRefused(String... words) {
        List<String> before = objects();
        assertThatThrownBy(() -> migrations().pending())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> migrations().migrate())
                .isInstanceOf(DatabaseException.class)
                .satisfies(exception -> assertThat(exception.getMessage().lines()).hasSize(1));
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void aFailedMigrationIsRolledBackWithItsReason() {
        seed.initDb();
        seed.start("s", "ada", NOON);
        List<String> rows = seed.rows();
        database.execute("CREATE TABLE theirs (x INTEGER)");
        database.execute("CREATE INDEX onboarding_kblocks_id ON theirs (x)");
        assertThatThrownBy(() -> migrations().migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContainingAll("A migration failed", "onboarding_kblocks_id", "already exists")
                .satisfies(failed -> assertThat(failed.getMessage().lines()).hasSize(1));
        assertThat(seed.rows()).isEqualTo(rows);
        assertThat(objects()).noneMatch(object -> object.contains("onboarding_flows"));
        database.execute("DROP INDEX onboarding_kblocks_id");
        List<Migrations.PendingMigration> left = migrations().pending();
        assertThat(left).isNotEmpty();
        assertThat(migrations().migrate()).isEqualTo(left);
        assertThat(seed.rows()).isEqualTo(rows);
        assertThat(seed.events("s")).hasSize(1);
    }

    @Test
    void aFailedAdoptionIsRolledBackWithItsReason() {
        seed.migration();
        seed.start("s", "ada", NOON);
        database.execute("CREATE TABLE onboarding_sessions_adopted (theirs INTEGER)");
        database.execute("CREATE VIEW onboarding_flows AS SELECT 1 AS x");
        List<String> rows = seed.rows();
        assertThatThrownBy(() -> migrations().migrate())
                .isInstanceOf(DatabaseException.class)
                .satisfies(failed -> assertThat(failed.getMessage().lines()).hasSize(1));
        assertThat(seed.rows()).isEqualTo(rows);
    }

    @Test
    void severalNodesMayMigrateAtOnce() throws Exception {
        seed.initDb();
        seed.start("s", "ada", NOON);
        List<Callable<List<PendingMigration>>> nodes = Collections.nCopies(4, () -> {
            try (Database own = Database.open(database.dataSource())) {
                return own.migrations().migrate();
            }
        });
        List<ConcurrentCalls.CallOutcome<List<PendingMigration>>> ended = ConcurrentCalls.run(nodes);
        assertThat(ended.stream().map(ConcurrentCalls.CallOutcome::result).filter(ran -> !ran.isEmpty()))
                .as("one migrates, the others find nothing left to do")
                .hasSize(1);
        assertThat(migrations().pending()).isEmpty();
        assertThat(seed.events("s")).hasSize(1);
        assertThat(database.query("SELECT count(*) FROM onboarding_schema_history WHERE script LIKE 'V%'"))
                .containsExactly("1");
    }
}
