package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnOneDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The lifetime of a session's cookie, and what renews it. */
@OnOneDatabase
class SessionCookieTest extends HttpTest {
    /** The retention of the installation plus an hour until the next cleanup. */
    private static final Duration OPEN = Duration.ofHours(25);

    private static final Duration MAX_AGE = Duration.ofDays(400);
    private static final String DECLARATION = "What is made with care outlives its tools.";

    private static Duration age(ApiResponse reply) {
        String cookie = reply.header("Set-Cookie").orElseThrow();
        return Duration.ofSeconds(Long.parseLong(cookie.replaceFirst("(?i).*max-age=([0-9]+).*", "$1")));
    }

    @Test
    void livesAsLongAsItsOpenSession() {
        assertThat(age(api.start().ok())).isEqualTo(OPEN);
    }

    @Test
    void livesAsLongAsItsFlowKeepsOpenSessions() {
        String flow = "kept-" + kind.name().toLowerCase(Locale.ROOT);
        api.put("/api/onboarding/flows/" + flow)
                .json("{\"flow\": \"" + flow + "\", \"title\": \"Kept\", \"retention_hours\": 2000,"
                        + " \"steps\": [{\"id\": \"one\", \"title\": \"One\"}]}")
                .operator()
                .ok();

        assertThat(age(api.start().field("flow", flow).ok())).isEqualTo(Duration.ofHours(2001));
    }

    @Test
    void hasTheLongestLifetimeIfSessionsAreKeptForever() {
        String dismissed = api.startSession();
        assertThat(age(api.action(dismissed, "dismiss").cookie(dismissed).ok())).isEqualTo(MAX_AGE);
        assertThat(age(api.session("current").cookie(dismissed).ok())).isEqualTo(MAX_AGE);
        assertThat(age(api.status().cookie(dismissed).ok())).isEqualTo(MAX_AGE);
        assertThat(age(api.action(dismissed, "reopen").cookie(dismissed).ok())).isEqualTo(OPEN);

        String completed = api.startSession();
        assertThat(age(api.declaration(DECLARATION).cookie(completed).ok())).isEqualTo(MAX_AGE);
        assertThat(age(api.complete().cookie(completed).ok())).isEqualTo(MAX_AGE);
        assertThat(age(api.complete().ok())).isEqualTo(MAX_AGE);
    }

    @Test
    void isRenewedByUse() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        String cookie = "onward_setup=" + session;
        server.clock().advance(Duration.ofHours(20));

        for (ApiResponse reply : List.of(
                api.session("current")
                        .query("flow", SetupFlow.FLOW)
                        .header("Cookie", cookie)
                        .ok(),
                api.session(session).header("Cookie", cookie).ok(),
                api.submit("current", "team", SetupFlow.TEAM)
                        .query("flow", SetupFlow.FLOW)
                        .header("Cookie", cookie)
                        .idempotencyKey(UUID.randomUUID().toString())
                        .ok())) {
            assertThat(reply.header("Set-Cookie").orElseThrow()).startsWith(cookie + ";");
            assertThat(age(reply)).isEqualTo(OPEN);
        }
    }

    @Test
    void aStatusThatKeepsNoSessionDoesNotRenewIt() {
        String session = api.startSession();
        server.clock().advance(Duration.ofHours(10));
        assertThat(age(api.status().cookie(session).ok())).isEqualTo(OPEN.minusHours(10));

        server.clock().advance(Duration.ofHours(100));
        assertThat(age(api.status().cookie(session).ok())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void isNotSetForARequestWithoutCookies() {
        String session = api.startSession();
        for (ApiResponse reply : List.of(
                api.session(session).ok(),
                api.session(session).cookie(api.startSession()).ok(),
                api.status().inSession(session).ok(),
                api.action(session, "dismiss").ok())) {
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
    }
}
