package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SchemaCatalog;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrates databases of earlier schema versions, with rows in every table, to the newest version. Each released version
 * has a folder {@code onward-schema-frozen/VERSION} with its scripts and rows.
 */
@OnEachDatabase
class FrozenSchemaTest {
    private static final String FOLDER = "onward-schema-frozen/";

    private final DatabaseKind kind;
    private final TestDatabase database;

    FrozenSchemaTest(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void makeDatabaseOf(String version) throws IOException {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:" + FOLDER + version + "/" + folder())
                .table(ExistingTables.HISTORY)
                .load()
                .migrate();
        text(FOLDER + version + "/rows.sql")
                .lines()
                .filter(Predicate.not(String::isBlank))
                .forEach(database::execute);
    }

    private String folder() {
        return database.sql("sqlite", "postgresql");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Optional.ofNullable(FrozenSchemaTest.class.getResourceAsStream("/" + resource))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Each table with a query for its current columns. */
    private Map<String, String> queries() {
        Map<String, String> queries = new TreeMap<>();
        ExistingTables tables = database.kind() == DatabaseKind.SQLITE
                ? tables("SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
                        + " WHERE m.type = 'table' AND m.name LIKE 'onboarding%' ORDER BY 1, 2")
                : tables("SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = 'public' ORDER BY 1, 2");
        tables.columns().forEach((table, columns) -> {
            if (!table.equals(ExistingTables.HISTORY)) {
                queries.put(
                        table, "SELECT " + String.join(", ", columns.keySet()) + " FROM " + table + " ORDER BY 1, 2");
            }
        });
        return queries;
    }

    private ExistingTables tables(String query) {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        for (String row : database.query(query)) {
            String[] names = row.split("\\|", 2);
            tables.computeIfAbsent(names[0], name -> new TreeMap<>()).put(names[1], "");
        }
        return new ExistingTables(tables);
    }

    @ParameterizedTest
    @ValueSource(strings = "1")
    void migrationKeepsEveryRowAndEndsWithTheNewestSchema(String version) throws IOException {
        makeDatabaseOf(version);
        Map<String, String> queries = queries();
        Map<String, List<String>> before = new TreeMap<>();
        queries.forEach((table, query) -> before.put(table, database.query(query)));
        assertThat(before)
                .hasSizeGreaterThan(8)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

        database.database().migrations().migrate();

        queries.forEach(
                (table, query) -> assertThat(database.query(query)).as(table).isEqualTo(before.get(table)));
        assertThat(SchemaCatalog.of(database)).isEqualTo(SchemaCatalog.ofNewest(kind));
        assertThat(database.database().migrations().pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "1/V1__schema.sql")
    void releasedScriptsAreNeverEdited(String script) throws IOException {
        String[] names = script.split("/", 2);
        assertThat(text("onward-schema/" + folder() + "/" + names[1]))
                .as(
                        "Before the first release, copy it to core/src/test/resources/%s. After that, write a new one.",
                        FOLDER)
                .isEqualTo(text(FOLDER + names[0] + "/" + folder() + "/" + names[1]));
    }
}
