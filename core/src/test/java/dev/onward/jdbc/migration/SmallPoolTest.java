package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.jdbc.Database;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool with a single connection. */
@OnEachDatabase
class SmallPoolTest {
    private final TestDatabase database;

    SmallPoolTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMigrationNeedsOneConnection() {
        SeedSql original = new SeedSql(database);
        original.initDb();
        original.start("ada", "ada", Instant.parse("2026-03-01T12:00:00Z"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2_000);
        try (HikariDataSource pool = new HikariDataSource(config);
                Database small = Database.open(pool)) {
            Migrations migrations = small.migrations();
            assertThat(migrations.missingGrants()).isEmpty();
            assertThat(migrations.pending()).isNotEmpty();
            assertThat(migrations.migrate()).isNotEmpty();
            assertThat(migrations.schema().pending()).isEmpty();
        }
        assertThat(original.events("ada")).hasSize(1);
    }
}
