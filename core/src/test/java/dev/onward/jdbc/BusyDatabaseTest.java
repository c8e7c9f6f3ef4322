package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresDialect;
import dev.onward.jdbc.sqlite.SqliteDialect;
import dev.onward.jdbc.transaction.DatabaseFault;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that responds but is overloaded is busy; one that does not respond is unavailable. */
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
    void isBusyWhileAnotherConnectionHoldsTheLock() throws SQLException {
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
    void isBusyWhileAllConnectionsOfThePoolAreInUse() throws SQLException {
        if (kind == DatabaseKind.SQLITE) {
            assertThat(new SqliteDialect().fault(new SQLException("", SqliteDialect.OVERLOADED)))
                    .isEqualTo(DatabaseFault.CONNECTIONS_IN_USE);
            return;
        }
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(test.jdbcUrl());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (Database small = Database.open(pool);
                    Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
                assertThatThrownBy(() -> sessions(small).start(StartRequest.of("genesis")))
                        .isInstanceOfSatisfying(
                                StoreBusy.class,
                                busy -> assertThat(busy.reason()).isEqualTo(BusyReason.CONNECTIONS_IN_USE));
            }
        }
    }

    /** The exception of a pool that keeps the last failure to connect. */
    private static SQLException poolTimeout(Throwable cause) {
        return new SQLTransientConnectionException("Connection is not available", "08001", cause);
    }

    @Test
    @Tag("postgresql")
    void aFullPoolIsBusyEvenIfItReportsAPastOutage() throws SQLException {
        if (kind == DatabaseKind.SQLITE) {
            return;
        }
        SQLException outage = new SQLException("refused", "08001");
        AtomicReference<Optional<SQLException>> failing = new AtomicReference<>(Optional.empty());
        try (Database shared = Database.open(failing(failing))) {
            SessionService sessions = sessions(shared);
            failing.set(Optional.of(poolTimeout(outage)));
            assertThatThrownBy(sessions::anyCompleted).isInstanceOf(OnboardingException.StoreUnavailable.class);
            failing.set(Optional.empty());
            assertThat(sessions.anyCompleted()).isFalse();
            failing.set(Optional.of(poolTimeout(outage)));
            assertThatThrownBy(sessions::anyCompleted)
                    .isInstanceOfSatisfying(
                            StoreBusy.class,
                            busy -> assertThat(busy.reason()).isEqualTo(BusyReason.CONNECTIONS_IN_USE));
            failing.set(Optional.of(poolTimeout(new SQLException("refused again", "08001"))));
            assertThatThrownBy(sessions::anyCompleted).isInstanceOf(OnboardingException.StoreUnavailable.class);
        }
    }

    @Test
    @Tag("postgresql")
    void aPoolIsFullIfTheDatabaseRespondsOnAnotherConnection() throws SQLException {
        if (kind == DatabaseKind.SQLITE) {
            return;
        }
        AtomicReference<Optional<SQLException>> failing = new AtomicReference<>(Optional.empty());
        Thread asking = Thread.currentThread();
        try (Database shared = Database.open(failing(failing))) {
            SessionService sessions = sessions(shared);
            action = () -> {
                if (Thread.currentThread().equals(asking)) {
                    CompletableFuture.supplyAsync(
                                    sessions::anyCompleted,
                                    runnable -> Thread.ofVirtual().start(runnable))
                            .join();
                    throw poolTimeout(new SQLException("refused", "08001"));
                }
            };
            assertThatThrownBy(sessions::anyCompleted).isInstanceOf(StoreBusy.class);
        }
    }

    @Test
    @Tag("postgresql")
    void anInterruptWhileWaitingForAConnectionAffectsNoOtherCaller() throws Exception {
        if (kind == DatabaseKind.SQLITE) {
            return;
        }
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(test.jdbcUrl());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(60_000);
            try (Database small = Database.open(pool)) {
                SessionService sessions = sessions(small);
                CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.isValid(1)).isTrue();
                    Thread waiting = Thread.ofPlatform().start(() -> {
                        assertThatThrownBy(sessions::anyCompleted).isInstanceOf(StoreBusy.class);
                        interrupted.complete(Thread.currentThread().isInterrupted());
                    });
                    await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
                    waiting.interrupt();
                    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(sessions.anyCompleted()).isFalse();
            }
        }
    }

    /** An action while the caller waits for a connection. */
    @FunctionalInterface
    private interface Wait {
        void happen() throws SQLException;
    }

    private volatile Wait action = () -> {};

    private DataSource failing(AtomicReference<Optional<SQLException>> failure) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, _, _) -> {
                    action.happen();
                    if (failure.get().isPresent()) {
                        throw failure.get().get();
                    }
                    return test.dataSource().getConnection();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
    @Tag("postgresql")
    void postgresqlIsBusyWhileLocksAreTaken(String state) {
        assertThat(new PostgresDialect(WriteLimits.forWork()).fault(new SQLException("", state)))
                .isEqualTo(DatabaseFault.BUSY);
    }

    private static SessionService sessions(Database database) {
        return new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }
}
