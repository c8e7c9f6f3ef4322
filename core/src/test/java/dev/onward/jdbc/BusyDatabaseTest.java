package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.postgresql.PostgresDialect;
import dev.onward.jdbc.sqlite.SqliteDialect;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.jdbc.transaction.WriteLimits;
import dev.onward.model.OnboardingException;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that answers and has too much to do is busy; one that is not there is unavailable. */
@OnEachDatabase
class BusyDatabaseTest {
    private final DatabaseKind kind;
    private TestDatabase test;

    BusyDatabaseTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.migrated(kind);
        if (kind == DatabaseKind.POSTGRESQL) {
            test.execute("ALTER ROLE CURRENT_USER IN DATABASE "
                    + test.query("SELECT current_database()").getFirst() + " SET lock_timeout = '200ms'");
            ((HikariDataSource) test.dataSource()).getHikariPoolMXBean().softEvictConnections();
        }
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void isBusyWhileSomebodyElseHoldsItsLock() throws SQLException {
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            statement.execute(test.sql("BEGIN IMMEDIATE", "BEGIN"));
            statement.execute(test.sql("SELECT 1", "LOCK TABLE onboarding_sessions IN SHARE ROW EXCLUSIVE MODE"));
            assertThatThrownBy(() -> sessions(test.database()).start(StartRequest.of("genesis")))
                    .isInstanceOf(OnboardingException.StoreBusy.class);
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void isBusyWhileEveryConnectionOfThePoolIsTaken() throws SQLException {
        if (kind == DatabaseKind.SQLITE) {
            assertThat(new SqliteDialect().fault(new SQLException("", SqliteDialect.OVERLOADED)))
                    .isEqualTo(DatabaseFault.BUSY);
            return;
        }
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(test.jdbcUrl());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (Database small = Database.open(pool);
                    Connection taken = pool.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                assertThatThrownBy(() -> sessions(small).start(StartRequest.of("genesis")))
                        .isInstanceOf(OnboardingException.StoreBusy.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "53300", "57014"})
    @Tag("postgresql")
    void postgresqlIsBusyWhileLocksOrConnectionsAreTaken(String state) {
        assertThat(new PostgresDialect(WriteLimits.forWork()).fault(new SQLException("", state)))
                .isEqualTo(DatabaseFault.BUSY);
    }

    private static SessionService sessions(Database database) {
        return new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }
}
