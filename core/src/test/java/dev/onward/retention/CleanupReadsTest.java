package dev.onward.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many rows of PostgreSQL's table a cleanup reads, by PostgreSQL's own counters. */
@Tag("postgresql")
class CleanupReadsTest extends StoreTest {
    private static final int KEPT_SESSIONS = 10_000;
    private static final int ABANDONED = 6 * AbandonedSessionCleanup.BATCH;

    CleanupReadsTest() {
        super(DatabaseKind.POSTGRESQL, Instant.now());
    }

    /** The sessions that stay are older than the abandoned ones, so each batch would read them first. */
    private void fill() {
        database.execute("INSERT INTO onboarding_sessions (id, created_at, dismissed_at, started_recorded)"
                + " SELECT 'kept' || i, timestamptz '2025-01-01' + i * interval '1 s', now(), true"
                + " FROM generate_series(1, " + KEPT_SESSIONS + ") i");
        database.execute("INSERT INTO onboarding_sessions (id, created_at, started_recorded)"
                + " SELECT 's' || i, timestamptz '2025-02-01' + i * interval '1 s', true"
                + " FROM generate_series(1, " + ABANDONED + ") i");
        database.execute("ANALYZE onboarding_sessions");
    }

    @Test
    void readsNoKeptSessionTwice() {
        fill();
        List<AbandonedSession> positions = new ArrayList<>();
        RetentionStore store = new RecordingRetentionStore(database.database().retention(), positions);
        List<AbandonedSession> first = batch(store, AbandonedSession.BEFORE_ALL);
        assertThat(batch(store, first.getLast()))
                .hasSize(AbandonedSessionCleanup.BATCH)
                .doesNotContainAnyElementsOf(first);
        positions.clear();
        assertThat(new AbandonedSessionCleanup(store, Throttle.DEFAULT)
                        .run(RetentionHours.DEFAULT)
                        .deletedCount())
                .isEqualTo(ABANDONED);
        assertThat(positions.getFirst()).isEqualTo(AbandonedSession.BEFORE_ALL);
        assertThat(positions).hasSize(7).doesNotHaveDuplicates();
    }

    private static List<AbandonedSession> batch(RetentionStore store, AbandonedSession after) {
        return store.abandoned(store.now(), RetentionHours.DEFAULT, after, AbandonedSessionCleanup.BATCH);
    }

    @Test
    void theSqlFunctionReadsNoKeptSessionAgainForEachBatch() throws SQLException {
        fill();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            long before = rowsRead(statement);
            statement.execute("SELECT cleanup_onboarding_sessions(24)");
            // Each session that stays is read once, each abandoned one when it is chosen, locked and deleted.
            assertThat(rowsRead(statement) - before).isLessThan(KEPT_SESSIONS + 4L * ABANDONED);
        }
    }

    private static long rowsRead(Statement statement) throws SQLException {
        statement.execute("SELECT pg_stat_force_next_flush()");
        statement.execute("SELECT pg_stat_clear_snapshot()");
        try (ResultSet row = statement.executeQuery("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables"
                + " WHERE relname = 'onboarding_sessions'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A store that records the positions from which it continues. */
    private record RecordingRetentionStore(RetentionStore store, List<AbandonedSession> positions)
            implements RetentionStore {
        @Override
        public Instant now() {
            return store.now();
        }

        @Override
        public List<AbandonedSession> abandoned(Instant asOf, RetentionHours hours, AbandonedSession after, int limit) {
            positions.add(after);
            return store.abandoned(asOf, hours, after, limit);
        }

        @Override
        public int delete(List<String> ids, Instant asOf, RetentionHours hours) {
            return store.delete(ids, asOf, hours);
        }

        @Override
        public int deleteIdempotencyRecords(Instant before, int limit) {
            return store.deleteIdempotencyRecords(before, limit);
        }
    }
}
