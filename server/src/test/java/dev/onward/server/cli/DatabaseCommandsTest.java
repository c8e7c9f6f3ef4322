package dev.onward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEachDatabase
class DatabaseCommandsTest {
    private final DatabaseKind kind;
    private TestDatabase database;

    @TempDir
    private Path folder;

    private TestConsole console;

    DatabaseCommandsTest(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.migrated(kind);
    }

    @BeforeEach
    void open() {
        console = new TestConsole(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void statsShowStartsCompletionsAndDropOff() {
        session("a", "started", false, 1);
        session("b", "started", false, 100);
        session("c", "started", false, 100);
        session("d", "completed", true, 100);

        assertThat(run("stats")).isZero();
        assertThat(console.out().lines().map(String::strip))
                .containsExactly(
                        "flow      title     started   completed     rate   open   dropped",
                        "genesis   Genesis         4           1   25.0 %      1         2",
                        "",
                        "Where people drop off in genesis:",
                        "after started: 2 sessions");
    }

    @Test
    void statsAsJsonHaveTheSameNumbers() {
        session("a", "started", false, 100);
        session("d", "completed", true, 100);

        assertThat(run("stats", "--json")).isZero();
        assertThat(console.out().replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"flows\":[{\"flow\":\"genesis\",\"title\":\"Genesis\",\"started\":2,\"completed\":1,\"completion_rate\":0.5,"
                                + "\"open\":0,\"dropped\":1,\"drop_offs\":[{\"step\":\"started\",\"sessions\":1}]}]}");
    }

    @Test
    void statsOfAnUnpublishedFlowHaveNoTitle() {
        session("a", "started", false, 1);
        database.execute("UPDATE onboarding_sessions SET flow = 'gone'");

        assertThat(run("stats")).isZero();
        assertThat(console.out()).containsPattern("gone +\\(unknown\\) +1");
    }

    /** The statistics do not wait for a writer. */
    @Test
    void statsOnlyRead() throws SQLException {
        session("a", "started", false, 1);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute(database.sql("BEGIN IMMEDIATE", "BEGIN"));
            if (kind == DatabaseKind.POSTGRESQL) {
                statement.execute("LOCK TABLE onboarding_sessions IN SHARE ROW EXCLUSIVE MODE");
            }
            assertThat(run("stats")).isZero();
            statement.execute("ROLLBACK");
        }
        assertThat(database.query("SELECT id FROM onboarding_events")).isEmpty();
    }

    @Test
    void statsWithoutSessionsSaySo() {
        assertThat(run("stats")).isZero();
        assertThat(console.out()).isEqualToIgnoringNewLines("Nobody has started yet.");
    }

    @Test
    void cleanupDeletesOldSessionsAndBackfillsTheOthers() {
        session("young", "started", false, 1);
        session("old", "started", false, 30);
        session("older", "started", false, 60);
        session("done", "completed", true, 60);

        assertThat(run("cleanup", "--hours", "48")).isZero();
        assertThat(console.out()).startsWith("Deleted 1 abandoned session from before ");
        assertThat(ids()).containsExactly("done", "old", "young");
        assertThat(database.query("SELECT count(*) FROM onboarding_events WHERE type = 'started'"))
                .containsExactly("4");

        assertThat(run("cleanup")).isZero();
        assertThat(ids()).containsExactly("done", "young");
    }

    @Test
    void cleanupUsesTheSettingIfNoHoursAreGiven() {
        session("old", "started", false, 30);
        console.with("ONWARD_CLEANUP_HOURS", "48");

        assertThat(run("cleanup")).isZero();
        assertThat(console.out()).startsWith("Deleted 0 abandoned sessions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "87601", "", "all"})
    void cleanupRejectsInvalidHours(String hours) {
        session("old", "started", false, 60);

        assertThat(run("cleanup", "--hours=" + hours)).isEqualTo(2);
        assertThat(console.err())
                .contains("hours must be a whole number from 1 to 87600")
                .hasLineCount(1);
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void migrateDryRunPrintsTheSqlAndRunsNothing() {
        useEmptyDatabase();

        assertThat(run("migrate", "--print")).isZero();
        assertThat(console.out()).contains("-- V1__schema.sql", "CREATE TABLE", "onboarding_sessions");

        assertThat(run("migrate", "--check")).isEqualTo(1);
        assertThat(console.err()).contains("V1__schema.sql", "./onward migrate").hasLineCount(1);
    }

    @Test
    void migrateUpdatesTheSchemaOnce() {
        useEmptyDatabase();

        assertThat(run("migrate")).isZero();
        assertThat(console.out()).contains("Ran V1__schema.sql", "The schema is up to date.");

        assertThat(run("migrate")).isZero();
        assertThat(console.out()).isEqualToIgnoringNewLines("The schema is up to date.");
        assertThat(run("migrate", "--check")).isZero();
        assertThat(run("migrate", "--print")).isZero();
        assertThat(console.out()).startsWith("-- Nothing is pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "cleanup"})
    void commandsThatNeedTheSchemaReportThatItIsBehind(String command) {
        useEmptyDatabase();

        assertThat(run(command)).isEqualTo(1);
        assertThat(console.err())
                .contains("is behind", "V1__schema.sql", "./onward migrate")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "stats"})
    void reportsAnIncompatibleTableOfTheSameNameInOneLine(String command) {
        useEmptyDatabase();
        database.execute("CREATE TABLE onboarding_sessions (id integer, mine text)");

        assertThat(run(command)).isEqualTo(1);
        assertThat(console.err()).contains("onboarding_sessions").hasLineCount(1);
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("0");
    }

    @Test
    void doctorFindsNoProblemInAHealthyInstallation() {
        assertThat(run("doctor")).as(console::out).isEqualTo(kind == DatabaseKind.SQLITE ? 0 : 1);
        assertThat(console.out())
                .contains(
                        "✓ Java",
                        "✓ settings",
                        "✓ database: " + database.database().product())
                .contains("✓ schema: up to date", "✓ clocks", "✓ sessions of other software: all backfilled");
    }

    @Test
    void doctorReportsAMissingOperatorKeyIfOnlyASettingCanProvideIt() {
        int without = run("doctor");
        String found = console.out();

        assertThat(console.with("ONWARD_OPERATOR_KEY", "0123456789abcdef0123456789abcdef")
                        .run("doctor", "--db", url()))
                .isZero();
        assertThat(console.out()).doesNotContain("✗").doesNotContain("0123456789abcdef");
        assertThat(without == 0).isEqualTo(kind == DatabaseKind.SQLITE);
        assertThat(found.contains("✗ operator's key")).isEqualTo(kind == DatabaseKind.POSTGRESQL);
    }

    @Test
    void doctorCountsTheSessionsToBackfill() {
        session("a", "started", false, 1);

        run("doctor");

        assertThat(console.out()).contains("sessions of other software: 1 wait");
    }

    @Test
    void doctorReportsASchemaThatIsBehindAndTheNextAction() {
        useEmptyDatabase();

        run("doctor");
        assertThat(console.out()).contains("✓ schema: behind", "the next start migrates it");

        assertThat(run("doctor", "--migrate", "check")).isEqualTo(1);
        assertThat(console.out()).contains("✗ schema: behind", "Run: ./onward migrate");
    }

    @Test
    void bothVersionsRejectANewerIncompatibleSchema() {
        database.migratedByALaterOnward("V99__tomorrow.sql");

        for (String[] command :
                new String[][] {{"migrate"}, {"migrate", "--check"}, {"migrate", "--print"}, {"stats"}}) {
            assertThat(run(command[0], Arrays.copyOfRange(command, 1, command.length)))
                    .isEqualTo(1);
            assertThat(console.err()).contains(bothVersions()).hasLineCount(1);
        }
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(console.out().lines()).anyMatch(line -> line.startsWith("✗ schema: " + bothVersions()));
    }

    @Test
    void bothVersionsUseANewerCompatibleSchemaAndSaySo() {
        database.migratedByALaterOnward("V99__compatible_tomorrow.sql");

        for (String[] command : new String[][] {{"migrate"}, {"migrate", "--check"}}) {
            assertThat(run(command[0], Arrays.copyOfRange(command, 1, command.length)))
                    .isZero();
            assertThat(console.out()).contains(bothVersions(), "compatible").hasLineCount(1);
        }
        assertThat(run("stats")).isZero();
        run("doctor");
        assertThat(console.out().lines()).anyMatch(line -> line.startsWith("✓ schema: " + bothVersions()));
        assertThat(console.out()).contains("✓ sessions of other software");
    }

    private static String bothVersions() {
        return "version 99, and this Onward knows versions up to " + Migrations.newestVersion();
    }

    private void session(String id, String step, boolean completed, int hoursAgo) {
        String created = database.sql(
                "strftime('%Y-%m-%d %H:%M:%f', 'now', '-" + hoursAgo + " hours') || '000'",
                "now() - interval '" + hoursAgo + " hours'");
        database.execute(
                "INSERT INTO onboarding_sessions (id, current_step, completed, completed_at, created_at) VALUES ('" + id
                        + "', '" + step + "', " + completed + ", " + (completed ? created : "NULL") + ", " + created
                        + ")");
    }

    private List<String> ids() {
        return database.query("SELECT id FROM onboarding_sessions ORDER BY id");
    }

    /** Uses a database without any table of Onward's. */
    private void useEmptyDatabase() {
        database.close();
        database = TestDatabase.empty(kind);
        database.execute("CREATE TABLE theirs (id integer)");
    }

    private String url() {
        return database.jdbcUrl();
    }

    private int run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--db", url()));
        arguments.addAll(Arrays.asList(options));
        return console.run(arguments.toArray(String[]::new));
    }
}
