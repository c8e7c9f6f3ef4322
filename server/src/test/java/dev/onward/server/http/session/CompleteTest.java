package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code POST /api/onboarding/complete}, and the values of {@code current_step} until then. */
@OnEachDatabase
class CompleteTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void acceptsTheSessionAsAQueryParameter() {
        String session = api.startSession();
        ApiResponse reply = api.complete().query("session_id", session).ok();
        assertThat(reply.at("success").booleanValue()).isTrue();
        assertThat(reply.text("session_id")).isEqualTo(session);
        assertThat(reply.text("completed_at"))
                .isEqualTo(server.clock().instant().toString());
        assertThat(reply.text("message")).isEqualTo("Welcome to kgents! Your journey begins.");
        assertThat(reply.cookie()).isEmpty();
    }

    @Test
    void acceptsTheSessionInAJsonBody() {
        String session = api.startSession();
        assertThat(api.complete().field("session_id", session).ok().text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void aRetryReturnsTheStoredTime() {
        String session = api.startSession();
        ApiResponse first = api.complete().inSession(session).ok();
        server.clock().advance(Duration.ofMinutes(1));
        assertThat(api.complete().inSession(session).ok().json()).isEqualTo(first.json());
    }

    @Test
    void updatesTheTimeThatTheDeclarationSet() {
        String session = api.startSession();
        api.declaration(DECLARATION).inSession(session).ok();
        server.clock().advance(Duration.ofMinutes(1));
        ApiResponse reply = api.complete().inSession(session).ok();
        assertThat(reply.text("completed_at"))
                .isEqualTo(server.clock().instant().toString());
        assertThat(api.status().inSession(session).ok().text("completed_at")).isEqualTo(reply.text("completed_at"));
    }

    @Test
    void createsACompletedAnonymousSessionIfNoneIsNamed() {
        ApiResponse reply = api.complete().ok();
        String session = reply.text("session_id");
        assertThat(reply.cookie()).contains(session);
        ApiResponse status = api.status().inSession(session).ok();
        assertThat(status.at("completed").booleanValue()).isTrue();
        assertThat(status.text("current_step")).isEqualTo("completed");
        assertThat(api.complete().json("{}").ok().text("session_id")).isNotEqualTo(session);
    }

    @Test
    void returnsTheMessageOfTheFlow() {
        String session = api.start().field("flow", "tour").ok().text("session_id");
        assertThat(api.complete().inSession(session).ok().text("message")).isEqualTo("You have seen it all.");
        assertThat(api.complete().field("flow", "tour").ok().text("message")).isEqualTo("You have seen it all.");
    }

    @Test
    void anUnknownSessionIsNotFound() {
        api.complete().query("session_id", "never-was").expectProblem(404, "session_not_found");
    }

    @Test
    void currentStepIsTheLatestMilestone() {
        String session = api.startSession();
        assertThat(step(session)).isEqualTo("started");
        api.declaration(DECLARATION).inSession(session).ok();
        assertThat(step(session)).isEqualTo("first_declaration");
        api.complete().inSession(session).ok();
        assertThat(step(session)).isEqualTo("completed");
    }

    @Test
    void currentStepNeverLeavesCompleted() {
        String session = api.startSession();
        api.complete().inSession(session).ok();
        api.declaration(DECLARATION).inSession(session).ok();
        assertThat(step(session)).isEqualTo("completed");
        api.complete().inSession(session).ok();
        assertThat(step(session)).isEqualTo("completed");
    }

    @Test
    void nextStepFollowsFromTheFlow() {
        String session = api.startSession();
        assertThat(api.status().inSession(session).ok().text("next_step")).isEqualTo("first_declaration");
        api.complete().inSession(session).ok();
        assertThat(api.status().inSession(session).ok().at("next_step").isNull())
                .isTrue();
    }

    @Test
    void completesASessionOfTheOriginalSoftware() {
        server.database().execute("""
                        INSERT INTO onboarding_sessions (id, user_id, current_step, completed)
                        VALUES ('original', 'raw', 'started', false)
                        """);
        ApiResponse reply = api.complete().query("session_id", "original").ok();
        assertThat(reply.text("completed_at"))
                .isEqualTo(server.clock().instant().toString());
    }

    private String step(String session) {
        return api.status().inSession(session).ok().text("current_step");
    }
}
