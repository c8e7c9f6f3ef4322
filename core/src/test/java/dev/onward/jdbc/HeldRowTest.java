package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.postgresql.PostgresConnections;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.session.DeclarationResult;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that other software has locked, on PostgreSQL. SQLite locks the whole file. */
@Tag("postgresql")
class HeldRowTest {
    private static final int SESSIONS = 32;
    private static final int LOCKED_SESSIONS = 7;
    private static final int HELD_ROWS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final TestDatabase test = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final SessionService sessions = new SessionService(
            BuiltInFlow.catalog(), test.database().sessions(), InstantSource.system(), IdGenerator.random());

    @AfterEach
    void close() {
        callers.close();
        test.close();
    }

    @Test
    void aLockedRowDelaysOthersBrieflyAndIsChangedOnceItIsUnlocked() throws Exception {
        List<String> ids = Stream.generate(() -> sessions.start(StartRequest.of("genesis"))
                        .onboarding()
                        .session()
                        .id())
                .limit(SESSIONS)
                .toList();
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE onboarding_sessions SET updated_at = updated_at WHERE id = '"
                    + ids.get(LOCKED_SESSIONS) + "'");
            List<Future<DeclarationResult>> running = ids.stream()
                    .map(id -> callers.submit(() -> sessions.declare(id, new Declaration("I am " + id + "."))))
                    .toList();
            for (int i = 0; i < SESSIONS; i++) {
                if (i != LOCKED_SESSIONS) {
                    running.get(i).get(3, TimeUnit.SECONDS);
                }
            }
            assertThat(running.get(LOCKED_SESSIONS)).isNotDone();
            other.commit();
            running.get(LOCKED_SESSIONS).get(3, TimeUnit.SECONDS);
        }
        assertThat(sessions.get(ids.get(LOCKED_SESSIONS)).session().revision()).isEqualTo(2);
    }

    /** The time is measured only in long runs, on an otherwise idle machine. */
    @Test
    void fiftyLockedRowsUsePartOfThePoolAndDelayOnlyTheirOwnWriters() throws Exception {
        String free = start();
        List<String> lockedSessions =
                Stream.generate(this::start).limit(HELD_ROWS).toList();
        try (Connection other = DriverManager.getConnection(test.jdbcUrl());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE onboarding_sessions SET updated_at = updated_at WHERE id <> '" + free + "'");
            List<Future<DeclarationResult>> waiting = lockedSessions.stream()
                    .map(id -> callers.submit(() -> sessions.declare(id, new Declaration("I am " + id + "."))))
                    .toList();
            AtomicInteger maxInUse = new AtomicInteger();
            await().atMost(TIMEOUT)
                    .until(() ->
                            maxInUse.accumulateAndGet(waitForLocks(), Math::max) == PostgresConnections.TRANSACTIONS);

            long before = System.nanoTime();
            start();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            sessions.declare(free, new Declaration("I am free."));
            assertThat(waiting).as("the row is held all the time").allMatch(call -> !call.isDone());
            if (Boolean.getBoolean("onward.long")) {
                assertThat(took).isLessThan(Duration.ofMillis(100));
            }

            await().atMost(TIMEOUT).until(() -> {
                maxInUse.accumulateAndGet(waitForLocks(), Math::max);
                return waiting.stream().allMatch(Future::isDone);
            });
            assertThat(waiting)
                    .allSatisfy(call -> assertThat(call.exceptionNow()).isInstanceOf(StoreBusy.class));
            assertThat(maxInUse).hasValue(PostgresConnections.TRANSACTIONS);
            other.rollback();
        }
    }

    @Test
    void aLockedTableIsBusyAtTheLimit() throws Exception {
        String id = start();
        try (Connection other = DriverManager.getConnection(test.jdbcUrl());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE onboarding_sessions IN SHARE ROW EXCLUSIVE MODE");
            Declaration declaration = new Declaration("I wait.");
            assertThatThrownBy(() -> sessions.declare(id, declaration)).isInstanceOf(StoreBusy.class);
            assertThat(waitForLocks()).as("nobody waits for it any more").isZero();
            other.rollback();
        }
        sessions.declare(id, new Declaration("I do not wait."));
    }

    private String start() {
        return sessions.start(StartRequest.of("genesis")).onboarding().session().id();
    }

    private int waitForLocks() {
        return Integer.parseInt(test.query("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .getFirst());
    }
}
