package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The same request sixteen times at the same moment: it is done once, and all are answered the same. */
@OnEachDatabase
class RetryAtOnceTest extends HttpTest {
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = 4;

    @Test
    void oneSessionIsStarted() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long before = count("onboarding_sessions");
            areAnsweredTheSame(api::start);
            assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
        }
    }

    @Test
    void oneDeclarationIsTakenWithoutASession() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long before = count("onboarding_kblocks");
            areAnsweredTheSame(() -> api.declaration("Once and for all."));
            assertThat(count("onboarding_kblocks")).isEqualTo(before + 1);
        }
    }

    @Test
    void oneCompletionIsRecordedWithoutASession() throws Exception {
        long before = count("onboarding_sessions");
        areAnsweredTheSame(api::complete);
        assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
    }

    @Test
    void oneAnswerIsTaken() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String session = Setup.begun(api);
            areAnsweredTheSame(
                    () -> api.submit(session, "team", Setup.OTHER_TEAM).ifMatch("\"3\""));
            assertThat(api.session(session).ok().at("revision").intValue()).isEqualTo(4);
            assertThat(api.events(session).ok().at("events")).hasSize(4);
        }
    }

    /** Whoever comes late finds a session that takes nothing any more. */
    @Test
    void oneSessionIsBegunAnew() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String session = Setup.begun(api);
            long before = count("onboarding_sessions");
            List<Reply> replies = areAnsweredTheSame(() -> api.act(session, "restart"));
            assertThat(count("onboarding_sessions")).isEqualTo(before + 1);
            assertThat(replies.getFirst().text("session_id"))
                    .isEqualTo(api.session(session).ok().text("superseded_by"));
        }
    }

    @Test
    void oneClaimIsMade() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String user = "user-" + UUID.randomUUID();
            api.startedBy(user);
            String session = api.started();
            areAnsweredTheSame(
                    () -> api.act(session, "claim").field("user_id", user).field("policy", "keep_target"));
        }
    }

    /** One does it, the others are told so. */
    private List<Reply> areAnsweredTheSame(Supplier<Api.Request> request) throws Exception {
        String key = UUID.randomUUID().toString();
        List<Reply> replies = AtOnce.send(AT_ONCE, number -> request.get().keyed(key));
        assertThat(replies).as("statuses").extracting(Reply::status).containsOnly(200);
        assertThat(replies.stream().map(Reply::body).distinct()).hasSize(1);
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
                site.database().query("SELECT count(*) FROM " + table).getFirst());
    }
}
