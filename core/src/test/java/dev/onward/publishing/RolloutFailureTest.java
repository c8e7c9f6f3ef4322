package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout with sessions that cannot be moved, temporarily or permanently. */
@OnEachDatabase
class RolloutFailureTest extends TourTest {
    RolloutFailureTest(DatabaseKind kind) {
        super(kind);
    }

    @BeforeEach
    void publishFirst() {
        publish(FIRST);
    }

    @Test
    void oneSessionThatAlwaysFailsDoesNotStopTheOthers() {
        String fails = named("Ada");
        String fine = named("Bob");
        eachUpdateOf(fails, UpdateFault.FAILS);
        publish(MIGRATE);

        Rollout.RolloutReport report = rollout.runOnce();

        assertThat(report.moved()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(fault -> {
            assertThat(fault.sessions()).isEqualTo(1);
            assertThat(fault.cause()).isPresent();
        });
        assertThat(session(fine).flowVersion()).isEqualTo(2);
        assertThat(session(fails).flowVersion()).isEqualTo(1);
    }

    @Test
    void oneUnreadableSessionDoesNotStopTheOthers() {
        String unreadable = named("Ada");
        String fine = named("Bob");
        String deep = "{\"name\":{\"answer\":" + "[".repeat(700) + "]".repeat(700) + "}}";
        database.execute("UPDATE onboarding_sessions SET answers = '" + deep + "' WHERE id = '" + unreadable + "'");
        publish(MIGRATE);
        assertThat(rollout.runOnce().moved()).isEqualTo(1);
        assertThat(session(fine).flowVersion()).isEqualTo(2);
    }

    @Test
    void aReleaseContinuesUntilAFailingSessionCanBeMoved() {
        String fails = named("Ada");
        eachUpdateOf(fails, UpdateFault.FAILS);
        publish(MIGRATE);
        List<Rollout.RolloutReport> tries = workForAnHour();
        assertThat(releases.open())
                .as("sessions that were not moved")
                .singleElement()
                .returns(1L, Release::leftBehind);
        assertThat(tries)
                .filteredOn(run -> !run.failures().isEmpty())
                .as("with pauses that grow, and without end")
                .hasSizeBetween(5, 10);

        database.execute(database.sql("DROP TRIGGER trouble", "DROP TRIGGER trouble ON onboarding_sessions"));
        workForAnHour();

        assertThat(session(fails).flowVersion()).isEqualTo(2);
        assertThat(releases.open()).isEmpty();
        assertThat(releases.newest("tour").orElseThrow())
                .returns(1L, Release::moved)
                .returns(0L, Release::leftBehind);
    }

    @Test
    void aReleaseContinuesWhileASessionKeepsChanging() {
        String busy = named("Ada");
        publish(MIGRATE);
        clock.advance(Duration.ofMinutes(1));
        eachUpdateOf(busy, UpdateFault.CONFLICTS);

        assertThat(rollout.runOnce().finished()).isEmpty();

        assertThat(releases.open()).hasSize(1);
    }

    private enum UpdateFault {
        /** Another writer is always faster. */
        CONFLICTS,
        FAILS
    }

    /** Runs every 15 seconds. */
    private List<Rollout.RolloutReport> workForAnHour() {
        List<Rollout.RolloutReport> reports = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            clock.advance(Duration.ofSeconds(15));
            reports.add(rollout.runOnce());
        }
        return reports;
    }

    private void eachUpdateOf(String id, UpdateFault fault) {
        String sqlite = "CREATE TRIGGER trouble BEFORE UPDATE ON onboarding_sessions WHEN OLD.id = '" + id
                + "' BEGIN SELECT "
                + (fault == UpdateFault.FAILS ? "RAISE(ABORT, 'no')" : "RAISE(IGNORE)") + "; END";
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            String body = fault == UpdateFault.FAILS ? "RAISE EXCEPTION 'no'" : "RETURN NULL";
            database.execute(
                    "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + "; END $$");
        }
        database.execute(database.sql(
                sqlite,
                "CREATE TRIGGER trouble BEFORE UPDATE ON onboarding_sessions FOR EACH ROW WHEN (OLD.id = '" + id
                        + "') EXECUTE FUNCTION trouble()"));
    }
}
