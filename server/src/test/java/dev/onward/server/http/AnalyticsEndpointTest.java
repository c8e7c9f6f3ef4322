package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
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
        server.empty();
    }

    @Test
    void isEmptyWithoutSessions() {
        assertThat(figures().at("flows")).isEmpty();
    }

    @Test
    void countsStartsCompletionsAndDropOff() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        server.clock().set(now.minus(Duration.ofHours(30)));
        api.startSession();
        server.clock().set(now);
        api.startSession();
        api.complete().ok();
        ApiResponse reply = figures();
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
    void countsTheSameAfterAbandonedSessionsWereDeleted() {
        server.clock().set(Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofHours(30)));
        api.startSession();
        ApiResponse before = figures();
        assertThat(api.cleanup().ok().at("deleted_count").intValue()).isEqualTo(1);
        assertThat(figures().json()).isEqualTo(before.json());
    }

    private ApiResponse figures() {
        return api.get("/api/onboarding/analytics").operator().ok();
    }
}
