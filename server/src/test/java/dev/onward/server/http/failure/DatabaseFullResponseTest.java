package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

/** A full database: SQLite gets a maximum number of pages. */
@Tag("sqlite")
class DatabaseFullResponseTest {
    private static final long NO_BOUND = 1_000_000;
    private static final String LONG = "x".repeat(10_000);

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.SQLITE);
    private final SizeLimitedDataSource file = new SizeLimitedDataSource(database.jdbcUrl());

    @Test
    void reportsItWritesNothingByHalfAndRecovers() {
        try (CapturedLog quiet = new CapturedLog();
                TestServer server = TestServer.withDataSource(database, file)) {
            ApiClient api = server.api();
            String session = api.startSession();
            file.mayHave(Long.parseLong(database.query("PRAGMA page_count").getFirst()));
            api.declaration(LONG).inSession(session).expectProblem(507, "database_full");
            ApiResponse status = api.status().inSession(session).ok();
            assertThat(status.text("current_step")).isEqualTo("started");
            assertThat(status.at("first_declaration").isNull()).isTrue();
            assertThat(database.query("SELECT count(*) FROM onboarding_kblocks"))
                    .containsExactly("0");
            assertThat(database.query("SELECT count(*) FROM onboarding_events")).containsExactly("1");
            api.get("/health/live").ok();
            file.mayHave(NO_BOUND);
            api.declaration(LONG).inSession(session).ok();
            assertThat(quiet.text()).contains("database_full");
        }
    }

    /** Limits the size of the file on each connection. */
    private static final class SizeLimitedDataSource extends SQLiteDataSource {
        private final List<Connection> connections = new CopyOnWriteArrayList<>();

        SizeLimitedDataSource(String url) {
            setUrl(url);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connections.add(connection);
            return connection;
        }

        void mayHave(long pages) {
            for (Connection connection : connections) {
                bound(connection, pages);
            }
        }

        private static void bound(Connection connection, long pages) {
            try {
                if (!connection.isClosed()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("PRAGMA max_page_count = " + pages);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
