package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.Onward;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.model.OnboardingException;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.EventPosition;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection returns to the embedder's pool with its original settings. */
@OnEachDatabase
class BorrowedConnectionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestDatabase database;

    BorrowedConnectionTest(DatabaseKind kind) {
        database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UnresettingPool pool(boolean autoCommit) {
        List<String> settings = database.kind() == DatabaseKind.SQLITE
                ? List.of(
                        "PRAGMA busy_timeout",
                        "PRAGMA cache_size",
                        "PRAGMA wal_autocheckpoint",
                        "PRAGMA temp_store",
                        "PRAGMA synchronous",
                        "PRAGMA foreign_keys",
                        "PRAGMA legacy_alter_table")
                : List.of(
                        "SHOW search_path",
                        "SHOW lock_timeout",
                        "SHOW statement_timeout",
                        "SHOW enable_seqscan",
                        "SHOW enable_sort",
                        "SHOW default_transaction_read_only",
                        "SHOW default_transaction_isolation");
        return new UnresettingPool(database.jdbcUrl(), autoCommit, settings);
    }

    private static SessionService sessions(Database onward) {
        return new SessionService(
                BuiltInFlow.catalog(), onward.sessions(), InstantSource.system(), IdGenerator.random());
    }

    private static String start(SessionService sessions) {
        return sessions.start(StartRequest.of("genesis").by("ada"))
                .onboarding()
                .session()
                .id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfWorkRestoresItsConnection(boolean autoCommit) throws Exception {
        try (UnresettingPool pool = pool(autoCommit)) {
            try (Database onward = Database.open(pool.dataSource())) {
                onward.migrations().migrate();
                work(onward);
            }
            assertThat(pool.changes()).isEmpty();
            assertThat(pool.borrowed()).isZero();
        }
    }

    private static void work(Database onward) throws InterruptedException {
        SessionService sessions = sessions(onward);
        String id = start(sessions);
        sessions.get(id);
        sessions.declare(id, new Declaration("Mine."));
        sessions.complete(id);
        sessions.events(id, EventPosition.BEGINNING, 10);
        sessions.profile("ada");
        ConcurrentCalls.run(Collections.nCopies(20, (Callable<String>) () -> start(sessions)))
                .forEach(ConcurrentCalls.CallOutcome::result);
        ConcurrentCalls.run(Collections.nCopies(20, (Callable<?>) () -> sessions.get(id)))
                .forEach(ConcurrentCalls.CallOutcome::result);
        onward.analytics().figures();
        onward.flows().current();
        onward.backfill();
        onward.waiting();
        onward.deleteOrphans();
        new AbandonedSessionCleanup(onward.retention()).run(RetentionHours.DEFAULT);
        new IdempotencyRecordCleanup(onward.retention()).run();
        assertThat(onward.health(SECOND)).isEqualTo(Database.Health.WRITABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failedWorkRestoresItsConnection(boolean autoCommit) throws SQLException {
        try (UnresettingPool pool = pool(autoCommit)) {
            try (Database onward = Database.open(pool.dataSource())) {
                onward.migrations().migrate();
                SessionService sessions = sessions(onward);
                String id = start(sessions);
                database.execute("ALTER TABLE onboarding_events RENAME TO onboarding_events_away");
                database.execute("ALTER TABLE onboarding_kblocks RENAME TO onboarding_kblocks_away");
                assertThatThrownBy(() -> sessions.declare(id, new Declaration("Mine.")))
                        .isInstanceOf(OnboardingException.StoreFailed.class);
                assertThatThrownBy(() -> sessions.kblock("none")).isInstanceOf(OnboardingException.StoreFailed.class);
                assertThatThrownBy(() -> onward.analytics().figures())
                        .isInstanceOf(OnboardingException.StoreFailed.class);
            }
            assertThat(pool.changes()).isEmpty();
            assertThat(pool.borrowed()).isZero();
        }
    }

    @Test
    void aFailedMigrationRestoresItsConnection() throws SQLException {
        database.execute("CREATE TABLE onboarding_kblocks (id INT)");
        try (UnresettingPool pool = pool(true);
                Database onward = Database.open(pool.dataSource())) {
            assertThatThrownBy(() -> onward.migrations().migrate()).isInstanceOf(RuntimeException.class);
            assertThat(pool.changes()).isEmpty();
            assertThat(pool.borrowed()).isZero();
        }
    }

    @Test
    void workInAnotherSchemaRestoresItsConnection() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        try (UnresettingPool pool = pool(true)) {
            try (Onward onward =
                    Onward.builder(pool.dataSource()).schema("onward").build()) {
                onward.sessions().get(onward.sessions().start("genesis").id());
            }
            assertThat(pool.changes()).isEmpty();
        }
    }

    @Test
    void aBrokenConnectionIsReturnedToo() throws SQLException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return;
        }
        try (UnresettingPool pool = pool(true);
                Database onward = Database.open(pool.dataSource(), BatchSettings.defaults())) {
            onward.migrations().migrate();
            SessionService sessions = sessions(onward);
            String id = start(sessions);
            int before = pool.size();
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            sessions.get(id);
            sessions.complete(id);
            assertThat(pool.size()).isGreaterThan(before);
            assertThat(pool.borrowed()).isZero();
            assertThat(pool.changes()).isEmpty();
        }
    }

    @Test
    void doesNotChangeTheCallersOwnConnection() throws SQLException {
        try (Onward onward = Onward.builder(database.dataSource()).build();
                Connection connection = database.connect()) {
            connection.setNetworkTimeout(Runnable::run, 7_000);
            int timeout = connection.getNetworkTimeout();
            connection.setAutoCommit(false);
            String id = onward.using(connection).start("genesis").id();
            onward.using(connection).get(id);
            onward.using(connection).complete(id);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
