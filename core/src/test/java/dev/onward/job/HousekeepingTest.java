package dev.onward.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class HousekeepingTest {
    private final TestDatabase database;
    private final RecordedJobs jobs = new RecordedJobs();

    HousekeepingTest(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void backfillsSessionsOfOtherSoftwareAndDeletesAbandonedOnes() {
        String longAgo = database.sql("'2020-01-01 00:00:00.000000'", "'2020-01-01T00:00:00Z'");
        database.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('abandoned', " + longAgo + ")");
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('young')");
        database.execute("INSERT INTO onboarding_sessions (id, user_id, completed, completed_at, created_at)"
                + " VALUES ('kept', 'ann', true, " + longAgo + ", " + longAgo + ")");

        database.execute("INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at)"
                + " VALUES ('old', '', '', '', " + longAgo + ")");

        Housekeeping.HousekeepingReport report = housekeeping().runOnce();

        assertThat(report).isEqualTo(new Housekeeping.HousekeepingReport(3, 1, 1));
        assertThat(database.query("SELECT id FROM onboarding_idempotency_records"))
                .isEmpty();
        assertThat(database.query("SELECT id FROM onboarding_sessions ORDER BY id"))
                .containsExactly("kept", "young");
        assertThat(database.query("SELECT type FROM onboarding_events WHERE session_id = 'abandoned' ORDER BY type"))
                .containsExactly("deleted", "started");
        assertThat(database.query("SELECT user_id FROM onboarding_profiles")).containsExactly("ann");
    }

    @Test
    void doesNothingTheSecondTime() {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('young')");
        Housekeeping housekeeping = housekeeping();
        housekeeping.runOnce();

        assertThat(housekeeping.runOnce()).isEqualTo(new Housekeeping.HousekeepingReport(0, 0, 0));
    }

    @Test
    void reportsItsResultsToTheListener() {
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('a'), ('b')");

        housekeeping().runOnce();

        assertThat(jobs.numbers()).containsExactly("backfilled 2", "deleted 0", "idempotency records deleted 0");
    }

    @Test
    void aFailureOfTheFirstPartDoesNotStopTheOthers() {
        String longAgo = database.sql("'2020-01-01 00:00:00.000000'", "'2020-01-01T00:00:00Z'");
        database.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('abandoned', " + longAgo + ")");
        database.execute("INSERT INTO onboarding_idempotency_records (id, fingerprint, answer, token, created_at)"
                + " VALUES ('old', '', '', '', " + longAgo + ")");
        Housekeeping housekeeping = housekeeping(() -> {
            throw new IllegalStateException("cannot take in");
        });

        assertThatThrownBy(housekeeping::runOnce).hasMessage("cannot take in");

        assertThat(database.query("SELECT id FROM onboarding_sessions")).isEmpty();
        assertThat(database.query("SELECT id FROM onboarding_idempotency_records"))
                .isEmpty();
        assertThat(jobs.numbers()).containsExactly("backfilled 0", "deleted 1", "idempotency records deleted 1");
    }

    private Housekeeping housekeeping() {
        return housekeeping(database.database()::backfill);
    }

    private Housekeeping housekeeping(IntSupplier backfill) {
        return new Housekeeping(
                backfill,
                database.database()::deleteOrphans,
                new AbandonedSessionCleanup(database.database().retention()),
                new IdempotencyRecordCleanup(database.database().retention()),
                RetentionHours.DEFAULT,
                jobs);
    }
}
