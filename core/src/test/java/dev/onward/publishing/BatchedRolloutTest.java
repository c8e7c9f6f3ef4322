package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL shows which transaction wrote a row. */
@Tag("postgresql")
class BatchedRolloutTest extends TourTest {
    BatchedRolloutTest() {
        super(DatabaseKind.POSTGRESQL);
    }

    @BeforeEach
    void publishFirst() {
        publish(FIRST);
    }

    @Test
    void theSessionsOfABatchShareOneTransaction() {
        for (int i = 0; i < 30; i++) {
            named("A" + i % 10);
        }
        publish(MIGRATE);
        assertThat(rollout.runOnce().moved()).isEqualTo(30);
        assertThat(database.query("SELECT count(*), count(DISTINCT xmin::text) FROM onboarding_sessions"))
                .containsExactly("30|1");
    }
}
