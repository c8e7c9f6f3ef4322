package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that already contains the original's table, in each of its three shapes. */
@OnEachDatabase
class AdoptionTest {
    private static final Instant NOON = Instant.parse("2025-12-25T12:00:00.123456Z");
    private static final Instant LATER = Instant.parse("2025-12-26T00:30:00.000001Z");

    private final DatabaseKind kind;
    private TestDatabase database;
    private SeedSql seed;

    AdoptionTest(DatabaseKind kind) {
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

    private void fill() {
        seed.start("open", "ada", NOON);
        seed.start("declared", "bob", NOON);
        seed.declare("declared", "Ünï 'quoted' | 👩‍🚀", "kb-of-another-table", LATER);
        seed.start("finished", "bob", NOON.plusSeconds(1));
        seed.complete("finished", NOON.plusSeconds(2));
    }

    private void keepsEveryRow() {
        List<String> before = seed.rows();
        migrate();
        assertThat(seed.rows()).isEqualTo(before).hasSize(3);
        fillsEventsAndProfiles();
    }

    private void migrate() {
        database.database().migrations().migrate();
    }

    private void fillsEventsAndProfiles() {
        String noon = SeedSql.text(NOON);
        String later = SeedSql.text(LATER);
        assertThat(seed.events("open")).containsExactly("started|started|" + noon);
        assertThat(seed.events("declared"))
                .containsExactly(
                        "started|started|" + noon,
                        "step_done|first_declaration|" + later,
                        "completed|first_declaration|" + later);
        assertThat(seed.events("finished"))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON.plusSeconds(1)),
                        "completed|completed|" + SeedSql.text(NOON.plusSeconds(2)));
        assertThat(profiles())
                .containsExactly("bob|genesis|" + SeedSql.text(NOON.plusSeconds(2)) + database.sql("|1", "|t"));
    }

    private List<String> profiles() {
        return database.query(
                "SELECT user_id, flow, " + seed.shown("completed_at") + ", onboarding FROM onboarding_profiles");
    }

    @Test
    void keepsEveryRowOfTheSeedsMigration() {
        seed.migration();
        fill();
        keepsEveryRow();
    }

    @Test
    void keepsEveryRowOfInitDb() {
        seed.initDb();
        fill();
        keepsEveryRow();
    }

    @Test
    void keepsEveryRowAndTheLaterColumns() {
        seed.initDbWithLaterColumns();
        fill();
        seed.update("open", "f1_completed_at", LATER, "f2_edge_id", "edge-1", "f2_skipped", true);
        String later = "SELECT " + seed.shown("f1_completed_at") + ", f2_edge_id, f2_skipped, \"f3 notes\""
                + " FROM onboarding_sessions ORDER BY id";
        List<String> before = database.query(later);
        keepsEveryRow();
        assertThat(database.query(later)).isEqualTo(before);
        seed.insert("id", "after");
        assertThat(database.query("SELECT f2_skipped, \"f3 notes\" FROM onboarding_sessions WHERE id = 'after'"))
                .containsExactly(database.sql("0", "f") + "|it's");
    }

    @Test
    void adoptingTwiceChangesNothing() {
        seed.initDb();
        fill();
        migrate();
        List<String> rows = seed.rows();
        assertThat(database.database().migrations().migrate()).isEmpty();
        assertThat(database.database().backfill()).isZero();
        assertThat(seed.rows()).isEqualTo(rows);
        fillsEventsAndProfiles();
    }

    @Test
    void givesAnInitDbTableTheDefaults() {
        seed.initDb();
        migrate();
        seed.insert("id", "bare");
        assertThat(database.query(
                        "SELECT current_step, CASE WHEN completed THEN 1 ELSE 0 END FROM onboarding_sessions"))
                .containsExactly("started|0");
        assertThat(database.query("SELECT " + seed.shown("created_at") + " FROM onboarding_sessions"))
                .allMatch(time -> time.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}"));
    }

    @Test
    void keepsIndexesViewsAndTriggersOfOthers() {
        seed.initDbWithLaterColumns();
        fill();
        database.execute("CREATE TABLE audit (id VARCHAR(64), session VARCHAR(64))");
        database.execute("CREATE INDEX their_edges ON onboarding_sessions (f2_edge_id) WHERE f2_edge_id IS NOT NULL");
        database.execute("CREATE VIEW their_view AS SELECT id, user_id, completed FROM onboarding_sessions");
        database.execute("CREATE TABLE notes (session VARCHAR(64) REFERENCES onboarding_sessions (id))");
        database.execute("INSERT INTO notes VALUES ('open')");
        trigger();
        migrate();
        assertThat(database.query("SELECT count(*) FROM their_view")).containsExactly("3");
        assertThat(database.query("SELECT session FROM notes")).containsExactly("open");
        assertThat(database.query(database.sql(
                        "SELECT name FROM sqlite_master WHERE name = 'their_edges'",
                        "SELECT indexname FROM pg_indexes WHERE indexname = 'their_edges'")))
                .hasSize(1);
        seed.start("new", "eve", NOON);
        assertThat(database.query("SELECT session FROM audit WHERE session = 'new'"))
                .hasSize(1);
        database.execute("INSERT INTO audit VALUES ('x', 'open')");
        assertThat(database.query("SELECT current_step FROM onboarding_sessions WHERE id = 'open'"))
                .containsExactly("f2_complete");
    }

    /** One view or trigger on the table itself, and one on another table that writes to it. */
    private void trigger() {
        if (kind == DatabaseKind.SQLITE) {
            database.execute("CREATE TRIGGER their_trigger AFTER INSERT ON onboarding_sessions"
                    + " BEGIN INSERT INTO audit (session) VALUES (NEW.id); END");
            database.execute("CREATE TRIGGER their_other AFTER INSERT ON audit WHEN NEW.id = 'x' BEGIN"
                    + " UPDATE onboarding_sessions SET current_step = 'f2_complete' WHERE id = NEW.session; END");
            return;
        }
        database.execute("CREATE FUNCTION their_function() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO audit (session) VALUES (NEW.id); RETURN NEW; END $$");
        database.execute("CREATE TRIGGER their_trigger AFTER INSERT ON onboarding_sessions"
                + " FOR EACH ROW EXECUTE FUNCTION their_function()");
        database.execute("CREATE FUNCTION their_other() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE onboarding_sessions SET current_step = 'f2_complete' WHERE id = NEW.session;"
                + " RETURN NEW; END $$");
        database.execute("CREATE TRIGGER their_other AFTER INSERT ON audit FOR EACH ROW WHEN (NEW.id = 'x')"
                + " EXECUTE FUNCTION their_other()");
    }

    @Test
    void leavesOtherTablesUnchanged() {
        database.execute("CREATE TABLE kblocks (id INTEGER PRIMARY KEY, lineage TEXT)");
        database.execute("CREATE TABLE flyway_schema_history (version TEXT)");
        database.execute("INSERT INTO kblocks VALUES (1, 'theirs')");
        database.execute("INSERT INTO flyway_schema_history VALUES ('7')");
        migrate();
        assertThat(database.query("SELECT * FROM kblocks")).containsExactly("1|theirs");
        assertThat(database.query("SELECT * FROM flyway_schema_history")).containsExactly("7");
        assertThat(database.database().migrations().pending()).isEmpty();
    }

    @Test
    void backfillsThousandsOfRowsInBatches() {
        seed.initDb();
        database.execute(database.sql(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) ",
                        "WITH n(i) AS (SELECT generate_series(1, 5000)) ")
                + "INSERT INTO onboarding_sessions (id, user_id, current_step, completed, completed_at, created_at,"
                + " updated_at) SELECT 's' || i, 'u' || (i % 100), 'completed', i % 2 = 0, NULL,"
                + database.sql(
                        "'2025-12-25 12:00:00.000000', '2025-12-25 12:00:00.000000'",
                        "timestamptz '2025-12-25 12:00:00+00', timestamptz '2025-12-25 12:00:00+00'")
                + " FROM n");
        List<String> before = seed.rows();
        migrate();
        assertThat(seed.rows()).isEqualTo(before);
        assertThat(database.query("SELECT type, count(*) FROM onboarding_events GROUP BY type ORDER BY type"))
                .containsExactly("completed|2500", "started|5000");
        assertThat(profiles()).hasSize(50);
    }

    @Test
    void theOriginalsInitDbFindsItsTableAfterwards() {
        seed.initDb();
        fill();
        migrate();
        assertThatCode(() -> database.execute("CREATE TABLE IF NOT EXISTS onboarding_sessions (id VARCHAR(64))"))
                .doesNotThrowAnyException();
        assertThat(seed.rows()).hasSize(3);
    }
}
