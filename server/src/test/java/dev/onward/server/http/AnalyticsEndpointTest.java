package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /api/onboarding/analytics}. */
@OnEachDatabase
class AnalyticsEndpointTest extends HttpTest {

    @BeforeEach
    void emptyInstallation() {
        site.empty();
    }

    @Test
    void saysNothingWhereNobodyStarted() {
        assertThat(figures().at("flows")).isEmpty();
    }

    @Test
    void saysHowManyStartAndFinishAndWhereTheyDropOff() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        site.clock().set(now.minus(Duration.ofHours(30)));
        api.started();
        site.clock().set(now);
        api.started();
        api.complete().ok();
        Reply reply = figures();
        assertThat(reply.at("flows")).hasSize(1);
        assertThat(reply.text("/flows/0/flow")).isEqualTo("genesis");
        assertThat(reply.at("/flows/0/started").intValue()).isEqualTo(3);
        assertThat(reply.at("/flows/0/completed").intValue()).isEqualTo(1);
        assertThat(reply.at("/flows/0/open").intValue()).isEqualTo(1);
        assertThat(reply.at("/flows/0/dropped").intValue()).isEqualTo(1);
        assertThat(reply.at("/flows/0/completion_rate").doubleValue()).isEqualTo(1.0 / 3);
        assertThat(reply.text("/flows/0/drop_offs/0/step")).isEqualTo("started");
        assertThat(reply.at("/flows/0/drop_offs/0/sessions").intValue()).isEqualTo(1);
    }

    @Test
    void saysTheSameAfterAbandonedSessionsWereDeleted() {
        site.clock().set(Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofHours(30)));
        api.started();
        Reply before = figures();
        assertThat(api.cleanup().ok().at("deleted_count").intValue()).isEqualTo(1);
        assertThat(figures().json()).isEqualTo(before.json());
    }

    private Reply figures() {
        return api.get("/api/onboarding/analytics").operator().ok();
    }
}
