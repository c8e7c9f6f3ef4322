package dev.onward.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JobMetersTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void countsEachResultUnderItsOwnName() {
        JobMeters jobs = new JobMeters(meters);

        jobs.backfilled(1);
        jobs.deleted(2);
        jobs.deleted(2);
        jobs.idempotencyRecordsDeleted(8);
        jobs.moved(16);
        jobs.notMoved(32);

        assertThat(count("onward.sessions.backfilled")).isEqualTo(1);
        assertThat(count("onward.sessions.deleted")).isEqualTo(4);
        assertThat(count("onward.idempotency.records.deleted")).isEqualTo(8);
        assertThat(count("onward.sessions.moved")).isEqualTo(16);
        assertThat(count("onward.sessions.move.failures")).isEqualTo(32);
    }

    private double count(String name) {
        return meters.get(name).counter().count();
    }
}
