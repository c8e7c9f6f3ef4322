package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On PostgreSQL, Onward uses the first schema of the search path. */
class PostgresSchemaTest {
    private static final Instant LONG_AGO = Instant.parse("2025-12-25T12:00:00.123456Z");

    private TestDatabase test;
    private HikariDataSource pool;
    private Database database;
    private SessionService sessions;

    @BeforeEach
    void open() {
        test = TestDatabase.empty(DatabaseKind.POSTGRESQL);
        new SeedSql(test).migration();
        new SeedSql(test).start("of others", "ada", LONG_AGO);
        test.execute("CREATE SCHEMA app");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(test.jdbcUrl() + "&currentSchema=app,public");
        config.setMinimumIdle(0);
        pool = new HikariDataSource(config);
        database = Database.open(pool);
        sessions = new SessionService(BuiltInFlow.catalog(), database.sessions(), () -> LONG_AGO, IdGenerator.random());
    }

    @AfterEach
    void close() {
        database.close();
        pool.close();
        test.close();
    }

    @Test
    void aSessionsWholeLifeTakesPlaceInTheSchema() {
        List<String> others = new SeedSql(test).rows();
        assertThat(database.migrations().migrate())
                .extracting(Migrations.PendingMigration::script)
                .containsExactly("V1__schema.sql");
        assertThat(database.migrations().pending()).isEmpty();
        String sessionId = sessions.start(StartRequest.of("genesis"))
                .onboarding()
                .session()
                .id();
        sessions.declare(sessionId, new Declaration("Mine."));
        sessions.start(StartRequest.of("genesis"));
        assertThat(new AbandonedSessionCleanup(database.retention())
                        .run(RetentionHours.DEFAULT)
                        .deletedCount())
                .isEqualTo(1);
        sessions.start(StartRequest.of("genesis"));
        assertThat(test.query("SELECT app.cleanup_onboarding_sessions(24)")).containsExactly("1");
        assertThat(test.query("SELECT id FROM app.onboarding_sessions")).containsExactly(sessionId);
        assertThat(database.analytics().figures().getFirst().started()).isEqualTo(3);
        assertThat(new SeedSql(test).rows()).isEqualTo(others);
        assertThat(test.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("onboarding_sessions");
    }

    @Test
    void adoptsATableOfTheSeedInTheSchema() {
        test.execute("CREATE TABLE app.onboarding_sessions (LIKE public.onboarding_sessions INCLUDING ALL)");
        test.execute("INSERT INTO app.onboarding_sessions (id, created_at) VALUES ('theirs', '2025-12-25')");
        database.migrations().migrate();
        assertThat(sessions.get("theirs").session().completed()).isFalse();
        assertThat(test.query("SELECT session_id, type FROM app.onboarding_events"))
                .containsExactly("theirs|started");
    }
}
