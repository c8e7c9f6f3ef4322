package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role or its database sets timeouts, or a table is locked. */
@Tag("postgresql")
@Order(1)
class RoleTimeoutsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        test.close();
    }

    private void set(String timeout) {
        test.execute("ALTER ROLE CURRENT_USER IN DATABASE "
                + test.query("SELECT current_database()").getFirst() + " SET " + timeout);
    }

    private DatabaseAccess access() {
        DatabaseUrl url =
                DatabaseUrl.parse(test.jdbcUrl().substring("jdbc:".length())).orElseThrow();
        return new DatabaseAccess(url, Pooler.AUTO, TIMEOUT);
    }

    private Storage serving() {
        return Storage.forServing(access(), BatchSettings.defaults());
    }

    private static String start(Storage storage) {
        return new SessionService(
                        BuiltInFlow.catalog(),
                        storage.database().sessions(),
                        InstantSource.system(),
                        IdGenerator.random())
                .start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout = '150ms'", "lock_timeout = '1ms'", "lock_timeout = '1h'"})
    void reportsBusyIfATableIsLockedForLong(String timeout) throws SQLException {
        try (Storage storage = serving()) {
            start(storage);
        }
        set(timeout);
        try (Storage storage = serving();
                Connection other = DriverManager.getConnection(test.jdbcUrl());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN; LOCK TABLE onboarding_sessions IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> start(storage)).isInstanceOf(StoreBusy.class);
            assertThatThrownBy(() -> storage.database().sessions().find("nobody"))
                    .isInstanceOf(StoreBusy.class);

            statement.execute("ROLLBACK");
            assertThat(start(storage)).isNotEmpty();
        }
    }

    @Test
    void replacesConnectionsThatTheServerClosedAsIdle() {
        set("idle_session_timeout = '100ms'");
        try (Storage storage = serving()) {
            start(storage);
            await().atMost(TIMEOUT)
                    .until(() -> test.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'onward'"
                                    + " AND datname = current_database()")
                            .equals(List.of("0")));

            assertThat(start(storage)).isNotEmpty();
        }
    }

    @Test
    void everyStatementOfAServerHasALockTimeout() throws SQLException {
        try (Storage storage = serving();
                Connection connection = PoolConnections.borrow(storage)) {
            assertThat(setting(connection, "lock_timeout")).isEqualTo("200ms");
        }
    }

    @Test
    void migrationsAndCommandsHaveNoTimeout() throws SQLException {
        test.close();
        test = TestDatabase.empty(DatabaseKind.POSTGRESQL);
        List<String> timeouts = List.of(
                "statement_timeout", "lock_timeout", "idle_session_timeout", "idle_in_transaction_session_timeout");
        timeouts.forEach(timeout -> set(timeout + " = '2s'"));
        try (Storage storage = Storage.forWork(access())) {
            try (Connection connection = PoolConnections.borrow(storage)) {
                for (String timeout : timeouts) {
                    assertThat(setting(connection, timeout)).as(timeout).isEqualTo("0");
                }
            }
            assertThat(storage.database().migrations().migrate()).isNotEmpty();
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
