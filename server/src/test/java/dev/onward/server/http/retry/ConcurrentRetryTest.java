package dev.onward.server.http.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.ConcurrentRequests;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The same request sixteen times at the same moment: it is done once, and all get the same response. */
@OnEachDatabase
class ConcurrentRetryTest extends HttpTest {
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = 4;

    @Test
    void startsOneSession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long before = count("onboarding_sessions");
            areAnsweredTheSame(api::start);
            assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
        }
    }

    @Test
    void acceptsOneDeclarationWithoutASession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long before = count("onboarding_kblocks");
            areAnsweredTheSame(() -> api.declaration("Once and for all."));
            assertThat(count("onboarding_kblocks")).isEqualTo(before + 1);
        }
    }

    @Test
    void recordsOneCompletionWithoutASession() throws Exception {
        long before = count("onboarding_sessions");
        areAnsweredTheSame(api::complete);
        assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
    }

    @Test
    void acceptsOneAnswer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String session = SetupFlow.startWithPlan(api);
            areAnsweredTheSame(
                    () -> api.submit(session, "team", SetupFlow.OTHER_TEAM).ifMatch("\"3\""));
            assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(4);
            assertThat(api.events(session).ok().at("events")).hasSize(4);
        }
    }

    /** A late request finds a session that accepts no changes any more. */
    @Test
    void restartsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String session = SetupFlow.startWithPlan(api);
            long before = count("onboarding_sessions");
            List<ApiResponse> replies = areAnsweredTheSame(() -> api.action(session, "restart"));
            assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
            assertThat(replies.getFirst().text("session_id"))
                    .isEqualTo(api.session(session).ok().text("superseded_by"));
        }
    }

    @Test
    void claimsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "user-" + UUID.randomUUID();
            api.startSessionOf(user);
            String session = api.startSession();
            areAnsweredTheSame(
                    () -> api.action(session, "claim").field("user_id", user).field("policy", "keep_target"));
        }
    }

    /** One request does it, and the others get the stored response. */
    private List<ApiResponse> areAnsweredTheSame(Supplier<ApiClient.ApiRequest> request) throws Exception {
        String key = UUID.randomUUID().toString();
        List<ApiResponse> replies =
                ConcurrentRequests.send(AT_ONCE, number -> request.get().idempotencyKey(key));
        assertThat(replies).as("statuses").extracting(ApiResponse::status).containsOnly(200);
        assertThat(replies.stream().map(ApiResponse::body).distinct()).hasSize(1);
        assertThat(replies.stream().map(reply -> reply.header("ETag")).distinct())
                .hasSize(1);
        assertThat(replies.stream().map(reply -> reply.header("Set-Cookie")).distinct())
                .hasSize(1);
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Idempotency-Replayed").isEmpty()))
                .hasSize(1);
        return replies;
    }

    private long count(String table) {
        return Long.parseLong(
                server.database().query("SELECT count(*) FROM " + table).getFirst());
    }
}
