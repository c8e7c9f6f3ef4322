package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
class GoneDatabaseTest {

    @Test
    @Tag("postgresql")
    void aServerThatLosesItsDatabaseSaysSoLivesAndHealsByItself() {
        Log quiet = new Log();
        TestDatabase direct = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        URI address = URI.create(direct.jdbcUrl().substring("jdbc:".length()));
        try (quiet;
                CuttingProxy proxy = CuttingProxy.to(address.getPort());
                HikariDataSource pool = poolThrough(proxy, address);
                Site site = Site.reaching(direct, pool)) {
            Api api = site.api();
            String session = api.started();
            proxy.cut();
            Reply refused = api.status().inSession(session).refused(503, "database_unavailable");
            assertThat(refused.header("Retry-After")).isPresent();
            Reply ready = api.get("/health/ready").send().is(503);
            assertThat(ready.text("status")).isEqualTo("down");
            assertThat(ready.at("parts")
                            .valueStream()
                            .filter(part -> !part.get("ready").booleanValue()))
                    .singleElement()
                    .satisfies(
                            part -> assertThat(part.get("name").stringValue()).isEqualTo("database"));
            api.get("/health/live").ok();
            api.get("/onboarding").ok();
            proxy.mend();
            api.status().inSession(session).ok();
            api.start().ok();
            api.get("/health/ready").ok();
        }
    }

    private static HikariDataSource poolThrough(CuttingProxy proxy, URI address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + proxy.port() + address.getPath() + "?user=postgres");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(1_000);
        return new HikariDataSource(config);
    }

    @Test
    @Tag("sqlite")
    void aServerWhoseFileIsLockedByAnotherSaysSoAndHealsByItself() throws Exception {
        Log quiet = new Log();
        try (quiet;
                Site site = Site.local(DatabaseKind.SQLITE)) {
            Api api = site.api();
            String session = api.started();
            try (Connection other = site.database().connect();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                Reply refused = api.complete().inSession(session).refused(503, "busy");
                assertThat(refused.header("Retry-After")).isPresent();
                api.status().inSession(session).ok();
                api.get("/health/live").ok();
                statement.execute("ROLLBACK");
            }
            api.complete().inSession(session).ok();
        }
    }
}
