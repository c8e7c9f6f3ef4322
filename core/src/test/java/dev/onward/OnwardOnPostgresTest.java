package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.onward.OnwardBuilder.MigrationMode;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnwardOnPostgresTest {
    private final TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void restoresTheSettingsOfTheCallersTransaction() throws SQLException {
        try (Onward onward = Onward.builder(database.dataSource()).build();
                Connection connection = database.dataSource().getConnection()) {
            String id = onward.sessions().start("genesis").id();
            connection.setAutoCommit(false);
            execute(connection, "SET LOCAL lock_timeout = '7s'");
            onward.using(connection).declare(id, "I want to write every day.");
            assertThat(setting(connection, "lock_timeout")).isEqualTo("7s");
            assertThat(setting(connection, "enable_seqscan")).isEqualTo("on");
            assertThat(setting(connection, "enable_sort")).isEqualTo("on");
            connection.rollback();
        }
    }

    @Test
    void keepsItsTablesInTheConfiguredSchema() throws SQLException {
        try (Onward onward =
                Onward.builder(database.dataSource()).schema("onboarding").build()) {
            String id = onward.sessions().startFor("ada", "genesis").id();
            onward.sessions().declare(id, "I want to write every day.");
            onward.sessions().complete(id);
            assertThat(onward.sessions().get(id).completed()).isTrue();
            String other = onward.sessions().start("genesis").id();
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                onward.using(connection).complete(other);
                assertThat(setting(connection, "search_path")).isEqualTo("\"$user\", public");
                connection.commit();
            }
            assertThat(onward.sessions().get(other).completed()).isTrue();
            assertThat(onward.analytics().figures("genesis").orElseThrow().completed())
                    .isEqualTo(2);
        }
        assertThat(database.query("SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'onboarding%'"))
                .containsExactly("onboarding");
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(connection.getSchema()).isEqualTo("public");
        }
    }

    @Test
    void worksOnAPoolOfOneConnectionWithAllItsJobs() throws SQLException {
        CountDownLatch completed = new CountDownLatch(1);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(1_000);
            try (Onward onward = Onward.builder(pool)
                    .listener("one", event -> {
                        if (event.is(EventType.COMPLETED)) {
                            completed.countDown();
                        }
                    })
                    .build()) {
                String id = onward.sessions().startFor("ada", "genesis").id();
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    onward.using(connection).complete(id);
                    connection.commit();
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> completed.getCount() == 0);
                assertThat(onward.sessions().get(id).completed()).isTrue();
            }
        }
    }

    @Test
    void createsNoSchemaInModeCheck() {
        OnwardBuilder builder =
                Onward.builder(database.dataSource()).schema("onboarding").migrate(MigrationMode.CHECK);
        assertThatThrownBy(builder::build).isInstanceOf(OnwardStartException.class);
        assertThat(database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'onboarding'"))
                .isEmpty();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
