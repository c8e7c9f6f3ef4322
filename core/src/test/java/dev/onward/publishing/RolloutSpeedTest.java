package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.PublishMode;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.session.LongRead;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The speed of a rollout. {@code -Donward.long=true} measures it among 200,000 sessions, alone on the machine. */
@OnEachDatabase
class RolloutSpeedTest extends TourTest {
    private static final boolean MEASURED = Boolean.getBoolean("onward.long");
    private static final int SESSIONS = MEASURED ? 200_000 : 1_000;

    RolloutSpeedTest(DatabaseKind kind) {
        super(kind);
    }

    @BeforeEach
    void publishFirst() {
        publish(FIRST);
    }

    @Test
    void aReleaseMovesFiveThousandSessionsInASecond() {
        String id = named("Ada");
        database.execute(database.sql(
                        "WITH RECURSIVE more(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more WHERE i < " + SESSIONS
                                + ")",
                        "WITH more(i) AS (SELECT generate_series(1, " + SESSIONS + "))")
                + " INSERT INTO onboarding_sessions (id, current_step, completed, created_at, updated_at, flow,"
                + " flow_version, revision, started_recorded, answers) SELECT 'more-' || i, current_step, completed, "
                + database.sql(
                        "strftime('%Y-%m-%d %H:%M:%f', created_at, printf('-%.3f seconds', i * 0.01)) || '000'",
                        "created_at - i * interval '0.01 seconds'")
                + ", updated_at, flow, flow_version, revision, started_recorded, answers"
                + " FROM onboarding_sessions, more WHERE id = '" + id + "'");

        long before = System.nanoTime();
        PublishPreview preview = dryRun.of(tour(MIGRATE), PublishMode.PUBLISH, PublishOrigin.API, LongRead.forWork());
        Duration dryRunTook = Duration.ofNanos(System.nanoTime() - before);

        publish(MIGRATE);
        before = System.nanoTime();
        long moved = 0;
        Rollout.RolloutReport report;
        do {
            report = rollout.runOnce();
            moved += report.moved();
        } while (report.more());
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        assertThat(preview.sessions()).isEqualTo(SESSIONS + 1L);
        assertThat(preview.lookedAt()).isLessThanOrEqualTo(5_000);
        assertThat(moved).isEqualTo(SESSIONS + 1L);
        if (MEASURED) {
            assertThat(dryRunTook).isLessThan(Duration.ofSeconds(5));
            assertThat(moved * 1_000_000_000 / took.toNanos())
                    .as("sessions per second")
                    .isGreaterThanOrEqualTo(5_000);
        }
    }
}
