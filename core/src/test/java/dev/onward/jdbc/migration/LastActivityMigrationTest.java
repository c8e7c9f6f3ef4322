package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that Onward wrote before it noted activity. */
@OnEachDatabase
class LastActivityMigrationTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Instant ANSWERED = Instant.parse("2026-01-02T12:00:00.123456Z");

    private final TestDatabase database;

    LastActivityMigrationTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoAnsweredBeforeCountsAsActiveThenAndNobodyElse() {
        SeedSql seed = new SeedSql(database);
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/onward/jdbc/" + database.sql("sqlite", "postgresql"))
                .table("onboarding_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("10")
                .load()
                .migrate();
        seed.insert("id", "answered", "created_at", CREATED, "updated_at", ANSWERED, "revision", "2");
        seed.insert("id", "begun", "created_at", CREATED, "updated_at", CREATED, "revision", "1");
        seed.insert("id", "done", "created_at", CREATED, "updated_at", ANSWERED, "revision", "2", "completed", true);
        seed.insert("id", "theirs", "created_at", CREATED, "updated_at", ANSWERED);

        database.database().migrations().migrate();

        assertThat(database.query(
                        "SELECT id, " + seed.shown("last_active_at") + " FROM onboarding_sessions" + " ORDER BY id"))
                .containsExactly("answered|" + SeedSql.text(ANSWERED), "begun|", "done|", "theirs|");
    }
}
