package dev.onward.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.model.OnboardingException.ReadCancelled;
import dev.onward.session.LongRead;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Long reads that exceed their time limit. */
@OnEachDatabase
class LongReadTest extends StoreTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final int MORE_THAN_CONNECTIONS = 12;

    private static final int DISCONNECTED = 100;

    LongReadTest(DatabaseKind kind) {
        super(kind, Instant.now());
    }

    private void holdUp(Connection other, Statement statement) throws SQLException {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE onboarding_sessions IN ACCESS EXCLUSIVE MODE");
        } else {
            statement.execute("ALTER TABLE onboarding_flows RENAME TO onboarding_flows_kept");
            statement.execute("CREATE VIEW onboarding_flows AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT"
                    + " i + 1 FROM n) SELECT 'f' || i AS flow, true AS onboarding, 1 AS retention_hours FROM n");
        }
    }

    /** A read that never ends by itself: on PostgreSQL it waits for a lock, on SQLite its view is endless. */
    private void assertThatIsCancelled(LongRead read) throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            holdUp(other, statement);
            AnalyticsStore analytics = database.database().analytics();
            assertThatThrownBy(() -> analytics.figures(read))
                    .isInstanceOf(ReadCancelled.class)
                    .hasMessageContaining("was cancelled");
            if (database.kind() == DatabaseKind.POSTGRESQL) {
                await().until(() -> !reads());
                other.rollback();
            } else {
                statement.execute("DROP VIEW onboarding_flows");
                statement.execute("ALTER TABLE onboarding_flows_kept RENAME TO onboarding_flows");
            }
            assertThat(analytics
                            .figures(new LongRead(LONG, () -> false))
                            .getFirst()
                            .started())
                    .as("the connection goes on")
                    .isEqualTo(1);
        }
    }

    private boolean reads() {
        return database.kind() == DatabaseKind.SQLITE
                || !database.query("SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock'")
                        .isEmpty();
    }

    @Test
    void areCancelledInTheDatabaseAtTheirLimit() throws SQLException {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('a')");
        assertThatIsCancelled(new LongRead(Duration.ofMillis(300), () -> false));
    }

    @Test
    void areCancelledInTheDatabaseWhenTheirCallerDisconnects() throws SQLException {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('a')");
        long before = System.nanoTime();
        assertThatIsCancelled(new LongRead(LONG, this::reads));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("not at its limit")
                .isLessThan(LONG);
    }

    /** PostgreSQL ignores a cancel that arrives before its statement, which then runs until its limit. */
    @Test
    void doNotStartForADisconnectedCaller() throws SQLException {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('a')");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            holdUp(other, statement);
            AnalyticsStore analytics = database.database().analytics();
            long before = System.nanoTime();
            for (int i = 0; i < DISCONNECTED; i++) {
                assertThatThrownBy(() -> analytics.figures(new LongRead(LONG, () -> true)))
                        .isInstanceOf(ReadCancelled.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("none ran until its limit")
                    .isLessThan(LONG);
        }
    }

    @Test
    void leaveConnectionsToShortReadsInAnyNumber() throws Exception {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('a')");
        AtomicBoolean callerGone = new AtomicBoolean();
        try (Connection other = database.connect();
                Statement statement = other.createStatement();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            holdUp(other, statement);
            AnalyticsStore analytics = database.database().analytics();
            List<Future<?>> figures = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
                figures.add(callers.submit(() -> analytics.figures(new LongRead(LONG, callerGone::get))));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(database.database().releases().open()).isEmpty();
            }
            assertThat(figures).noneMatch(Future::isDone);
            callerGone.set(true);
            for (Future<?> each : figures) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(ReadCancelled.class);
            }
        }
    }
}
