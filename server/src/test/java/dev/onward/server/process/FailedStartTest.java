package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.jdbc.migration.Migrations;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start that must fail: one line with the next action, and an exit code. */
@OnEachDatabase
class FailedStartTest {
    private final DatabaseKind kind;
    private final TestDatabase database;

    FailedStartTest(DatabaseKind kind) {
        this.kind = kind;
        this.database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anIncompatibleTableOfTheSameName() {
        database.execute("CREATE TABLE onboarding_sessions (id integer, mine text)");

        ProcessResult ended = execute();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("onboarding_sessions").hasLineCount(1);
    }

    @Test
    void aSchemaThatIsBehindWithMigrateCheck() {
        database.execute("CREATE TABLE theirs (id integer)");

        ProcessResult ended = execute("--migrate", "check");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("V1__schema.sql", "./onward migrate").hasLineCount(1);
        assertThat(database.query("SELECT * FROM theirs")).isEmpty();
    }

    @Test
    void aNewerIncompatibleSchema() {
        database.database().migrations().migrate();
        database.migratedByALaterOnward("V99__compatible_tomorrow.sql");
        String versions = "version 99, and this Onward knows versions up to " + Migrations.newestVersion();

        try (ServerProcess server = ServerProcess.start(database.jdbcUrl())) {
            assertThat(server.log()).contains(versions);
        }
        database.migratedByALaterOnward("V100__tomorrow.sql");
        ProcessResult ended = execute();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains(versions.replace("99", "100"), "docs/upgrade.md")
                .hasLineCount(1);
    }

    @Test
    void aSecondServerOnTheSameFileButNotOnPostgresql() {
        try (ServerProcess first = ServerProcess.start(database.jdbcUrl())) {
            switch (kind) {
                case SQLITE -> {
                    ProcessResult second = execute();
                    assertThat(second.exitCode()).isEqualTo(1);
                    assertThat(second.err())
                            .contains("process " + first.pid(), "onward.db", "--db")
                            .hasLineCount(1);
                    assertThat(ServerProcess.run("stats", "--db", database.jdbcUrl())
                                    .exitCode())
                            .as("other commands run beside it")
                            .isZero();
                }
                case POSTGRESQL -> ServerProcess.start(database.jdbcUrl()).close();
            }
            assertThat(first.alive()).isTrue();
        }
    }

    private ProcessResult execute(String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--db", database.jdbcUrl()));
        arguments.addAll(Arrays.asList(options));
        return ServerProcess.run(arguments.toArray(String[]::new));
    }
}
