package dev.onward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL role that may not create anything, which is the default since PostgreSQL 15. */
@Tag("postgresql")
class MissingRightsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL);

    /** A name that must be quoted in SQL. */
    private final String role = "Team-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private TestConsole console;

    @BeforeEach
    void open() {
        database.execute("CREATE ROLE \"" + role + "\" LOGIN PASSWORD 'secret'");
        console = new TestConsole(folder)
                .with("ONWARD_DB", database.jdbcUrl().replace("user=postgres", "user=" + role + "&password=secret"))
                .with("ONWARD_OPERATOR_KEY", KEY);
    }

    @AfterEach
    void close() {
        database.execute("DROP OWNED BY \"" + role + "\" CASCADE");
        database.execute("DROP ROLE \"" + role + "\"");
        database.close();
    }

    @Test
    void migrateNamesTheMissingGrantAndWorksAfterIt() {
        assertThat(console.run("migrate")).isEqualTo(1);
        String grant = "GRANT CREATE ON SCHEMA public TO \"" + role + "\";";
        assertThat(console.err()).contains("this role lacks rights", grant).hasLineCount(1);
        assertThat(database.query("SELECT count(*) FROM pg_class WHERE relname LIKE 'onboarding%'"))
                .containsExactly("0");

        database.execute(grant);
        assertThat(console.run("migrate")).as(console.err()).isZero();
        assertThat(console.run("doctor")).as(console.out()).isZero();
    }

    @Test
    void doctorNamesTheMissingGrant() {
        assertThat(console.run("doctor")).isEqualTo(1);
        assertThat(console.out())
                .contains("✗ schema: behind", "GRANT CREATE ON SCHEMA public TO \"" + role + "\";")
                .containsOnlyOnce("✗");
    }

    @Test
    void aSchemaWithoutUsageRightsNeedsBothGrants() {
        database.execute("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
        assertThat(console.run("migrate")).isEqualTo(1);
        String grant = "GRANT USAGE, CREATE ON SCHEMA public TO \"" + role + "\";";
        assertThat(console.err()).contains(grant);

        database.execute(grant);
        assertThat(console.run("migrate")).as(console.err()).isZero();
    }

    @Test
    void aTableOfAnotherRoleNeedsMembershipInThatRole() {
        database.execute("CREATE TABLE onboarding_sessions (id varchar PRIMARY KEY)");
        database.execute("GRANT CREATE ON SCHEMA public TO \"" + role + "\"");
        assertThat(console.run("migrate")).isEqualTo(1);
        assertThat(console.err()).contains("GRANT postgres TO \"" + role + "\";");
    }

    @Test
    void needsNoRightsIfNothingIsPending() {
        database.database().migrations().migrate();
        for (String table : List.of("TABLES", "SEQUENCES", "FUNCTIONS")) {
            database.execute("GRANT ALL ON ALL " + table + " IN SCHEMA public TO \"" + role + "\"");
        }
        assertThat(console.run("migrate")).as(console.err()).isZero();
        assertThat(console.run("doctor")).as(console.out()).isZero();
    }
}
