package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SchemaCatalog;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, as the database's own catalog describes it. */
@OnEachDatabase
class SchemaTest {
    private static final String SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'";

    private final DatabaseKind kind;
    private TestDatabase database;

    SchemaTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void migrateOver(Consumer<SeedSql> existing) {
        existing.accept(new SeedSql(database));
        database.database().migrations().migrate();
    }

    @Test
    void aNewTableHasTheSeedsColumnsAndIndexes() {
        migrateOver(seed -> {});
        hasTheSeedsColumnsAndIndexes();
    }

    @Test
    void theSeedsTableHasThemAfterAdoption() {
        migrateOver(SeedSql::migration);
        hasTheSeedsColumnsAndIndexes();
    }

    @Test
    void anInitDbTableHasThemAfterAdoption() {
        migrateOver(SeedSql::initDb);
        hasTheSeedsColumnsAndIndexes();
    }

    @Test
    void aTableWithLaterColumnsHasThemAfterAdoption() {
        migrateOver(SeedSql::initDbWithLaterColumns);
        hasTheSeedsColumnsAndIndexes();
    }

    private void hasTheSeedsColumnsAndIndexes() {
        String text = database.sql("VARCHAR", "character varying");
        String time = database.sql("DATETIME", "timestamp with time zone");
        String now = database.sql(SQLITE_NOW, "now()");
        assertThat(seedColumns())
                .containsExactlyInAnyOrder(
                        "id|" + text + "(64)|not null|",
                        "user_id|" + text + "(64)|null|",
                        "current_step|" + text + "(32)|not null|"
                                + database.sql("'started'", "'started'::character varying"),
                        "completed|" + database.sql("BOOLEAN", "boolean") + "|not null|false",
                        "completed_at|" + time + "|null|",
                        "first_kblock_id|" + text + "(64)|null|",
                        "first_declaration|" + database.sql("TEXT", "text") + "|null|",
                        "created_at|" + time + "|not null|" + now,
                        "updated_at|" + time + "|not null|" + now);
        assertThat(indexes())
                .containsExactlyInAnyOrder(
                        "idx_onboarding_sessions_user_id|user_id|",
                        "idx_onboarding_sessions_cleanup|created_at|NOT completed",
                        "idx_onboarding_sessions_completed|completed,completed_at|");
    }

    private static final String SEED_COLUMNS = "('id', 'user_id', 'current_step', 'completed', 'completed_at',"
            + " 'first_kblock_id', 'first_declaration', 'created_at', 'updated_at')";

    private List<String> seedColumns() {
        return database.query(database.sql(
                "SELECT name, type, CASE \"notnull\" WHEN 1 THEN 'not null' ELSE 'null' END, dflt_value"
                        + " FROM pragma_table_info('onboarding_sessions') WHERE name IN " + SEED_COLUMNS,
                "SELECT attname, format_type(atttypid, atttypmod),"
                        + " CASE WHEN attnotnull THEN 'not null' ELSE 'null' END, pg_get_expr(adbin, adrelid)"
                        + " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
                        + " WHERE attrelid = 'onboarding_sessions'::regclass AND attname IN " + SEED_COLUMNS));
    }

    /** The seed's indexes and those of {@code init_db()}, by name. */
    private List<String> indexes() {
        return database.query(database.sql(
                "SELECT m.name, (SELECT group_concat(name) FROM pragma_index_info(m.name)),"
                        + " CASE WHEN m.sql LIKE '% WHERE %' THEN substr(m.sql, instr(m.sql, ' WHERE ') + 7) END"
                        + " FROM sqlite_master m WHERE m.type = 'index' AND tbl_name = 'onboarding_sessions'"
                        + " AND (m.name LIKE 'idx%' OR m.name LIKE 'ix%')",
                "SELECT c.relname, (SELECT string_agg(a.attname, ',' ORDER BY k.n)"
                        + " FROM unnest(i.indkey) WITH ORDINALITY k(num, n)"
                        + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num),"
                        + " trim('()' from pg_get_expr(i.indpred, i.indrelid))"
                        + " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                        + " WHERE i.indrelid = 'onboarding_sessions'::regclass"
                        + " AND (c.relname LIKE 'idx%' OR c.relname LIKE 'ix%')"));
    }

    @Test
    void everyColumnOfOnwardHasADefaultOrIsNullable() {
        migrateOver(seed -> {});
        assertThat(database.query(database.sql(
                        "SELECT name FROM pragma_table_info('onboarding_sessions') WHERE \"notnull\" = 1"
                                + " AND dflt_value IS NULL AND name <> 'id'",
                        "SELECT column_name FROM information_schema.columns WHERE table_name = 'onboarding_sessions'"
                                + " AND is_nullable = 'NO' AND column_default IS NULL AND column_name <> 'id'")))
                .isEmpty();
    }

    @Test
    void noConstraintOnTheSeedsColumnsRejectsARow() {
        migrateOver(seed -> {});
        if (kind == DatabaseKind.POSTGRESQL) {
            assertThat(database.query("SELECT conname FROM pg_constraint c"
                            + " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
                            + " WHERE c.conrelid = 'onboarding_sessions'::regclass AND c.contype NOT IN ('p', 'n')"
                            + " AND a.attname IN " + SEED_COLUMNS))
                    .isEmpty();
            assertThat(database.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
                            + " AND tgrelid = 'onboarding_sessions'::regclass"))
                    .isEmpty();
            return;
        }
        assertThat(database.query("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                .isEmpty();
        assertThat(database.query("SELECT * FROM pragma_foreign_key_list('onboarding_sessions')"))
                .isEmpty();
        assertThat(database.query("SELECT sql FROM sqlite_master WHERE name = 'onboarding_sessions'"))
                .singleElement()
                .asString()
                .satisfies(sql -> assertThat(sql.split("CHECK", -1)).hasSize(4))
                .contains(
                        "CHECK (flow_version >= 1)", "CHECK (revision >= 0)", "CHECK (json_type(answers) = 'object')");
    }

    @Test
    void everyNameOfOnwardStartsWithOnboarding() {
        migrateOver(seed -> {});
        List<String> names = database.query(database.sql(
                "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                        + " UNION SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace"));
        List<String> seedsOwn = List.of(
                "idx_onboarding_sessions_user_id",
                "idx_onboarding_sessions_cleanup",
                "idx_onboarding_sessions_completed",
                "cleanup_onboarding_sessions");
        assertThat(names)
                .hasSizeGreaterThan(8)
                .allMatch(name -> name.startsWith("onboarding_") || seedsOwn.contains(name));
    }

    @Test
    void childRowsAreDeletedWithTheSessionAndEventsStay() {
        migrateOver(seed -> {});
        assertThat(database.query(database.sql(
                        "SELECT m.name, k.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) k"
                                + " WHERE m.type = 'table' AND k.\"table\" = 'onboarding_sessions'",
                        "SELECT conrelid::regclass, CASE confdeltype WHEN 'c' THEN 'CASCADE' END FROM pg_constraint"
                                + " WHERE contype = 'f' AND confrelid = 'onboarding_sessions'::regclass")))
                .containsExactly("onboarding_kblocks|CASCADE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE onboarding_sessions SET answers = '[]'",
                "UPDATE onboarding_sessions SET answers = '{'",
                "UPDATE onboarding_sessions SET revision = -1",
                "UPDATE onboarding_sessions SET flow_version = 0",
                "UPDATE onboarding_events SET type = 'unheard of'",
                "INSERT INTO onboarding_kblocks SELECT 'nobody', 'k', NULL, 1, 't', 'c', 0.5, 0.5, '[]', created_at,"
                        + " created_at FROM onboarding_sessions",
                "UPDATE onboarding_flows SET retention_hours = 0",
                "INSERT INTO onboarding_event_cursors (name, position) VALUES ('x', -1)"
            })
    void theDatabaseRejectsInvalidStatesOfOnwardsColumnsAndTables(String sql) {
        migrateOver(SeedSql::migration);
        SeedSql seed = new SeedSql(database);
        seed.start("s", "ada", Instant.parse("2026-03-01T12:00:00Z"));
        database.database().backfill();
        String execute = database.sql("PRAGMA foreign_keys = ON", "SELECT 1");
        assertThatThrownBy(() -> {
                    try (Connection connection = database.connect();
                            Statement statement = connection.createStatement()) {
                        statement.execute(execute);
                        statement.execute(sql);
                    }
                })
                .isInstanceOf(SQLException.class);
    }

    /** An adopted table differs from a new one only in the order of its columns. */
    @Test
    void anAdoptedDatabaseHasTheSchemaOfANewOne() {
        List<String> newest = SchemaCatalog.ofNewest(kind);
        migrateOver(SeedSql::initDb);
        assertThat(SchemaCatalog.of(database)).isEqualTo(newest);
    }
}
