package dev.onward.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.DatabaseUrl;
import dev.onward.server.config.Pooler;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.PgBouncer;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** A real PgBouncer between Onward and PostgreSQL. */
@Tag("postgresql")
class PgBouncerTest {
    private static final int CALLERS = 8;
    private static final int CALLS = 40;

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    /** Without batches, so that as many connections as possible are in use at the same time. */
    @Test
    void inTransactionModeEveryCallGetsItsOwnResponse() throws Exception {
        try (PgBouncer bouncer = PgBouncer.start(database, "transaction", folder);
                Storage storage = Storage.forServing(
                        access(bouncer.url(), Pooler.AUTO),
                        new BatchSettings(1, BatchSettings.defaults().observer()));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            SessionService sessions = new SessionService(
                    BuiltInFlow.catalog(), storage.database().sessions(), InstantSource.system(), IdGenerator.random());
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String user = "user-" + i;
                all.add(callers.submit(() -> startAndDeclare(sessions, user)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions WHERE completed"))
                .containsExactly(Integer.toString(CALLERS * CALLS));
    }

    private static void startAndDeclare(SessionService sessions, String user) {
        for (int i = 0; i < CALLS; i++) {
            Session started = sessions.start(StartRequest.of("genesis").by(user))
                    .onboarding()
                    .session();
            assertThat(sessions.get(started.id()).session().userId()).contains(user);
            sessions.declare(started.id(), new Declaration(user + " believes in " + i + "."));
            assertThat(sessions.get(started.id()).session().userId()).contains(user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session"})
    void preparesNoStatementThroughAPooler(String mode) throws SQLException {
        try (PgBouncer bouncer = PgBouncer.start(database, mode, folder);
                Storage storage = Storage.forServing(access(bouncer.url(), Pooler.AUTO), BatchSettings.defaults())) {
            assertThat(thresholds(storage)).containsOnly(0);
            assertThat(storage.pooled()).isTrue();
        }
    }

    @Test
    void preparesStatementsOnDirectConnections() throws SQLException {
        try (Storage storage = Storage.forServing(access(direct(), Pooler.AUTO), BatchSettings.defaults())) {
            assertThat(thresholds(storage)).containsOnly(5);
            assertThat(storage.pooled()).isFalse();
        }
    }

    @Test
    void doesNotCheckIfTheSettingExcludesAPooler() throws SQLException {
        try (PgBouncer bouncer = PgBouncer.start(database, "session", folder);
                Storage storage = Storage.forServing(access(bouncer.url(), Pooler.NONE), BatchSettings.defaults())) {
            assertThat(thresholds(storage)).containsOnly(5);
            assertThat(storage.pooled()).isFalse();
        }
    }

    @Test
    void theUrlOverridesWhetherStatementsArePrepared() throws SQLException {
        try (Storage storage =
                Storage.forServing(access(direct() + "&prepareThreshold=3", Pooler.AUTO), BatchSettings.defaults())) {
            assertThat(thresholds(storage)).containsOnly(3);
        }
    }

    /** PgBouncer is detected by the process that its login returns; other poolers may not be. */
    @Test
    void aConnectionThatSharesItsProcessIsNotDirect() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(PoolerCheck.direct(connection, () -> connection)).isFalse();
        }
    }

    @Test
    void aConnectionIsNotDirectIfNoSecondOneCanBeOpened() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(PoolerCheck.direct(connection, () -> {
                        throw new SQLException("too many connections");
                    }))
                    .isFalse();
        }
    }

    /** The prepare thresholds of a full pool, with all connections open at the same time. */
    private static List<Integer> thresholds(Storage storage) throws SQLException {
        List<Connection> open = new ArrayList<>();
        List<Integer> thresholds = new ArrayList<>();
        try {
            for (int i = 0; i < PostgresPool.MAX_SERVING_CONNECTIONS; i++) {
                Connection connection = PoolConnections.borrow(storage);
                open.add(connection);
                thresholds.add(connection.unwrap(PGConnection.class).getPrepareThreshold());
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        return thresholds;
    }

    private String direct() {
        return database.jdbcUrl().substring("jdbc:".length());
    }

    private static DatabaseAccess access(String url, Pooler pooler) {
        return new DatabaseAccess(DatabaseUrl.parse(url).orElseThrow(), pooler, Duration.ofSeconds(20));
    }
}
