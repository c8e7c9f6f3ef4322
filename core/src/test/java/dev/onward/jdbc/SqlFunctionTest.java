package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function {@code cleanup_onboarding_sessions}, which only PostgreSQL has. */
class SqlFunctionTest {
    private TestDatabase database;
    private SeedSql seed;

    @BeforeEach
    void open() {
        database = TestDatabase.empty(DatabaseKind.POSTGRESQL);
        seed = new SeedSql(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void migrate() {
        database.database().migrations().migrate();
    }

    private void startHoursAgo(String id, int hours) {
        seed.start(id, "ada", Instant.now().minus(Duration.ofHours(hours)).minusSeconds(60));
    }

    @Test
    void replacesAnExistingFunctionOfTheSeed() {
        seed.migration();
        database.execute("CREATE FUNCTION cleanup_onboarding_sessions(older_than integer) RETURNS void LANGUAGE sql"
                + " AS 'DELETE FROM onboarding_sessions'");
        database.execute("CREATE FUNCTION cleanup_onboarding_sessions(days bigint DEFAULT 1) RETURNS bigint"
                + " LANGUAGE sql AS 'SELECT 0::bigint'");
        database.execute("CREATE PROCEDURE cleanup_onboarding_sessions(days text) LANGUAGE sql AS 'SELECT 0'");
        startHoursAgo("new", 0);
        migrate();
        assertThat(database.query("SELECT cleanup_onboarding_sessions()")).containsExactly("0");
        assertThat(database.query("SELECT cleanup_onboarding_sessions(retention_hours => 24)"))
                .containsExactly("0");
        assertThat(database.query("SELECT pg_typeof(cleanup_onboarding_sessions(1))"))
                .containsExactly("integer");
        assertThat(database.query("SELECT count(*) FROM pg_proc WHERE proname = 'cleanup_onboarding_sessions'"))
                .containsExactly("1");
        assertThat(seed.rows()).hasSize(1);
    }

    @Test
    void returnsTheNumberDeletedAndDefaultsTo24Hours() {
        migrate();
        startHoursAgo("old", 24);
        startHoursAgo("older", 30);
        startHoursAgo("young", 23);
        assertThat(database.query("SELECT cleanup_onboarding_sessions()")).containsExactly("2");
        assertThat(seed.rows()).singleElement().asString().startsWith("young|");
    }

    @Test
    void appliesTheSameRuleAsTheEndpoint() {
        migrate();
        startHoursAgo("abandoned", 2);
        startHoursAgo("completed", 2);
        seed.complete("completed", Instant.now());
        startHoursAgo("dismissed", 2);
        database.execute("UPDATE onboarding_sessions SET dismissed_at = now() WHERE id = 'dismissed'");
        database.execute("INSERT INTO onboarding_flows (flow, onboarding, retention_hours) VALUES ('tour', false, 3)");
        startHoursAgo("kept longer", 2);
        database.execute("UPDATE onboarding_sessions SET flow = 'tour' WHERE id = 'kept longer'");
        assertThat(database.query("SELECT cleanup_onboarding_sessions(1)")).containsExactly("1");
        assertThat(seed.events("abandoned")).last().asString().startsWith("deleted|started|");
        assertThat(database.query("SELECT cleanup_onboarding_sessions(1)")).containsExactly("0");
        assertThat(seed.rows()).hasSize(3);
    }

    @Test
    void deletesMoreThanOneBatch() {
        migrate();
        database.execute("INSERT INTO onboarding_sessions (id, created_at)"
                + " SELECT 's' || i, now() - interval '2 days' FROM generate_series(1, 1203) i");
        assertThat(database.query("SELECT cleanup_onboarding_sessions(24)")).containsExactly("1203");
        assertThat(seed.rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "87601", "NULL", "2147483647"})
    void rejectsTheSameValuesAsTheEndpoint(String hours) {
        migrate();
        startHoursAgo("old", 48);
        assertThatThrownBy(() -> database.query("SELECT cleanup_onboarding_sessions(" + hours + ")"))
                .hasMessageContaining("hours must be a whole number from 1 to 87600");
        assertThat(seed.rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "87600"})
    void acceptsTheSmallestAndTheLargestAllowedValue(String hours) {
        migrate();
        assertThat(database.query("SELECT cleanup_onboarding_sessions(" + hours + ")"))
                .containsExactly("0");
    }

    @Test
    void findsItsTablesWithAnySearchPath() throws Exception {
        migrate();
        startHoursAgo("old", 48);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO pg_catalog");
            statement.execute("SELECT public.cleanup_onboarding_sessions(24)");
            statement.execute("RESET search_path");
        }
        assertThat(seed.rows()).isEmpty();
        assertThat(List.of(seed.events("old"))).first().asString().contains("deleted|started");
    }
}
