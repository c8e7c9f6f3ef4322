package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.CuttingProxy;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database disappears and returns. */
class DatabaseOutageTest {

    @Test
    @Tag("postgresql")
    void reportsALostDatabaseStaysLiveAndRecovers() {
        CapturedLog quiet = new CapturedLog();
        TestDatabase direct = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        URI address = URI.create(direct.jdbcUrl().substring("jdbc:".length()));
        try (quiet;
                CuttingProxy proxy = CuttingProxy.to(address.getPort());
                HikariDataSource pool = poolThrough(proxy, address);
                TestServer server = TestServer.withDataSource(direct, pool)) {
            ApiClient api = server.api();
            String session = api.startSession();
            proxy.cut();
            ApiResponse rejected = api.status().inSession(session).expectProblem(503, "database_unavailable");
            assertThat(rejected.header("Retry-After")).isPresent();
            ApiResponse ready = api.get("/health/ready").send().is(503);
            assertThat(ready.text("status")).isEqualTo("down");
            assertThat(ready.at("parts")
                            .valueStream()
                            .filter(part -> !part.get("ready").booleanValue()))
                    .singleElement()
                    .satisfies(
                            part -> assertThat(part.get("name").stringValue()).isEqualTo("database"));
            api.get("/health/live").ok();
            api.get("/onboarding").ok();
            proxy.allowConnections();
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
    void reportsALockedFileAndRecovers() throws Exception {
        CapturedLog quiet = new CapturedLog();
        try (quiet;
                TestServer server = TestServer.local(DatabaseKind.SQLITE)) {
            ApiClient api = server.api();
            String session = api.startSession();
            try (Connection other = server.database().connect();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                ApiResponse rejected = api.complete().inSession(session).expectProblem(503, "busy");
                assertThat(rejected.header("Retry-After")).isPresent();
                api.status().inSession(session).ok();
                api.get("/health/live").ok();
                statement.execute("ROLLBACK");
            }
            api.complete().inSession(session).ok();
        }
    }
}
