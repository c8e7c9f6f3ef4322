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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/onboarding/cleanup}. It uses the database's clock, so the tests set the ages of sessions. */
@OnEachDatabase
class CleanupEndpointTest extends HttpTest {

    @BeforeEach
    void emptyInstallation() {
        server.empty();
        server.clock().set(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void deletesOpenSessionsOlderThanADay() {
        String old = startedHoursAgo(25);
        String young = startedHoursAgo(23);
        ApiResponse reply = api.cleanup().ok();
        assertThat(reply.at("success").booleanValue()).isTrue();
        assertThat(reply.at("deleted_count").intValue()).isEqualTo(1);
        assertThat(reply.at("cutoff_hours").intValue()).isEqualTo(24);
        assertThat(Duration.between(Instant.parse(reply.text("cutoff_time")), Instant.now()))
                .isBetween(
                        Duration.ofHours(24).minusMinutes(1),
                        Duration.ofHours(24).plusMinutes(1));
        api.status().inSession(old).expectProblem(404, "session_not_found");
        api.status().inSession(young).ok();
    }

    @Test
    void usesTheGivenHours() {
        String older = startedHoursAgo(3);
        String younger = startedHoursAgo(1);
        ApiResponse reply = api.cleanup().query("hours", 2).ok();
        assertThat(reply.at("deleted_count").intValue()).isEqualTo(1);
        assertThat(reply.at("cutoff_hours").intValue()).isEqualTo(2);
        api.status().inSession(older).expectProblem(404, "session_not_found");
        api.status().inSession(younger).ok();
    }

    @Test
    void keepsCompletedSessions() {
        String completed = startedHoursAgo(100);
        api.complete().inSession(completed).ok();
        String declared = startedHoursAgo(100);
        api.declaration("What is made with care outlives its tools.")
                .inSession(declared)
                .ok();
        assertThat(api.cleanup().query("hours", 1).ok().at("deleted_count").intValue())
                .isZero();
        api.status().inSession(completed).ok();
        api.status().inSession(declared).ok();
    }

    @Test
    void theSecondRunDoesNothing() {
        startedHoursAgo(30);
        api.cleanup().ok();
        assertThat(api.cleanup().ok().at("deleted_count").intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "87600"})
    void acceptsOneHourToTenYears(String hours) {
        api.cleanup().query("hours", hours).ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "1.5", "24h", "", " 24", "+24", "87601", "99999999999999999999", "1e3", "NaN", "٢٤"})
    void rejectsInvalidHours(String hours) {
        String session = startedHoursAgo(200);
        saysTheRange(api.cleanup().query("hours", hours).expectInvalidField("hours"));
        api.status().inSession(session).ok();
    }

    private static void saysTheRange(ApiResponse apiException) {
        assertThat(apiException.text("detail")).contains("a whole number from 1 to 87600");
    }

    @Test
    void rejectsHoursInTheBodyOrTwice() {
        String session = startedHoursAgo(200);
        saysTheRange(api.cleanup().field("hours", 1).expectInvalidField("hours"));
        api.cleanup().query("hours", 1).query("hours", 400).expectInvalidField("hours");
        api.status().inSession(session).ok();
    }

    private String startedHoursAgo(int hours) {
        Instant now = server.clock().instant();
        server.clock().set(now.minus(Duration.ofHours(hours)));
        String session = api.startSession();
        server.clock().set(now);
        return session;
    }
}
