package dev.onward.jdbc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.SeedSql;
import dev.onward.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Adoption while the original software runs. A long run takes a million sessions, and must be alone on the machine.
 * {@code ./onward bench --big --only big-adoption} compares its speed with plain SQL.
 */
@Tag("postgresql")
class LargeAdoptionTest {
    private static final boolean LONG = Boolean.getBoolean("onward.long");
    private static final int ROWS = LONG ? 1_000_000 : 5_000;
    private static final int ROWS_PER_SECOND = 10_000;
    private static final Duration MAX_WRITE_TIME = Duration.ofMillis(200);

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final TestDatabase database = TestDatabase.empty(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void adoptionDelaysNoWriteOfTheOriginalForLongAndBackfillsFast() throws Exception {
        new SeedSql(database).migration();
        database.execute("INSERT INTO onboarding_sessions (id, user_id, completed, completed_at, created_at)"
                + " SELECT md5(n::text), 'user-' || n % 300000, n % 3 = 0, CASE n % 3 WHEN 0 THEN now() END,"
                + " now() - make_interval(secs => n % 2500000) FROM generate_series(1, " + ROWS + ") n");
        database.execute("VACUUM ANALYZE onboarding_sessions");
        AtomicBoolean done = new AtomicBoolean();
        long longest;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> original = threads.submit(() -> longestWrite(done));
            database.database().migrations().migrate();
            done.set(true);
            longest = original.get(1, TimeUnit.MINUTES);
        }
        double seconds = Double.parseDouble(database.query("SELECT extract(epoch FROM localtimestamp - installed_on)"
                        + " FROM onboarding_schema_history WHERE version = '1'")
                .getFirst());
        System.out.printf(
                "adoption of %,d sessions: longest write of the original %d ms, backfill %,.0f sessions/s%n",
                ROWS, TimeUnit.NANOSECONDS.toMillis(longest), ROWS / seconds);
        if (LONG) {
            assertThat(Duration.ofNanos(longest)).isLessThanOrEqualTo(MAX_WRITE_TIME);
            assertThat(ROWS / seconds).isGreaterThanOrEqualTo(ROWS_PER_SECOND);
        }
        // Sessions that the original had locked or written while their batch ran are left to the next run.
        database.database().backfill();
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions WHERE NOT started_recorded"))
                .containsExactly("0");
    }

    /** Writes as the original does: hundreds of rows a second, one after the other. */
    private long longestWrite(AtomicBoolean done) throws SQLException {
        long longest = 0;
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO onboarding_sessions (id, user_id) VALUES (?, 'beside')");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE onboarding_sessions SET current_step = 'f2_complete', updated_at = now() WHERE id ="
                                + " md5(?)")) {
            for (int n = 1; !done.get(); n++) {
                long began = System.nanoTime();
                insert.setString(1, "beside-" + n);
                insert.executeUpdate();
                longest = Math.max(longest, System.nanoTime() - began);
                began = System.nanoTime();
                update.setString(1, String.valueOf(1 + n * 7919 % ROWS));
                update.executeUpdate();
                longest = Math.max(longest, System.nanoTime() - began);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return longest;
    }
}
