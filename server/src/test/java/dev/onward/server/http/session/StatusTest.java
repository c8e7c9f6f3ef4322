package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /api/onboarding/status}. */
@OnEachDatabase
class StatusTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @BeforeEach
    void emptyInstallation() {
        server.empty();
    }

    @Test
    void returnsTheProgressAndTheNextStep() {
        ApiResponse reply = api.status().query("session_id", api.startSession()).ok();
        assertThat(reply.at("completed").booleanValue()).isFalse();
        assertThat(reply.at("first_kblock_id").isNull()).isTrue();
        assertThat(reply.at("completed_at").isNull()).isTrue();
        assertThat(reply.at("first_declaration").isNull()).isTrue();
        assertThat(reply.text("flow")).isEqualTo("genesis");
        assertThat(reply.at("flow_version").intValue()).isEqualTo(1);
        assertThat(reply.text("current_step")).isEqualTo("started");
        assertThat(reply.text("next_step")).isEqualTo("first_declaration");
        assertThat(reply.at("/progress/done").intValue()).isZero();
        assertThat(reply.at("/progress/total").intValue()).isEqualTo(1);
        assertThat(reply.text("updated_at")).isEqualTo(reply.text("started_at"));
    }

    @Test
    void isSmallBecauseItIsPolledAndTheStepsAreAtTheSession() {
        String session = api.startSessionIn(SetupFlow.FLOW);
        ApiResponse reply = api.status().inSession(session).ok();
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "completed",
                        "session_id",
                        "first_kblock_id",
                        "started_at",
                        "completed_at",
                        "flow",
                        "flow_version",
                        "current_step",
                        "next_step",
                        "progress",
                        "first_declaration",
                        "updated_at");
        assertThat(reply.bytes()).hasSizeLessThan(400);
        assertThat(api.session(session).ok().at("steps")).hasSize(6);
    }

    @Test
    void leavesTheStepsToTheSession() {
        String session = api.startSession();
        assertThat(api.status().query("session_id", session).ok().json().has("steps"))
                .isFalse();
        ApiResponse reply = api.session(session).ok();
        assertThat(reply.at("steps")).hasSize(1);
        assertThat(reply.text("/steps/0/id")).isEqualTo("first_declaration");
        assertThat(reply.text("/steps/0/title")).isEqualTo("What matters most to you?");
        assertThat(reply.at("/steps/0/optional").booleanValue()).isFalse();
        assertThat(reply.at("/steps/0/done").booleanValue()).isFalse();
        assertThat(reply.text("/steps/0/creates")).isEqualTo("kblock");
        assertThat(reply.at("/steps/0/input/properties/declaration/maxLength").intValue())
                .isEqualTo(10_000);
        assertThat(reply.text("/steps/0/ui/control")).isEqualTo("longtext");
    }

    @Test
    void describesAStepWithoutInput() {
        ApiResponse started = api.start().field("flow", "tour").ok();
        ApiResponse reply = api.session(started.text("session_id")).ok();
        assertThat(reply.at("/steps/0/input").isNull()).isTrue();
        assertThat(reply.at("/steps/0/creates").isNull()).isTrue();
        assertThat(reply.at("/steps/0/ui")).isEmpty();
        assertThat(reply.at("/steps/0/optional").booleanValue()).isTrue();
    }

    @Test
    void hasNoNextStepWhenNothingIsLeft() {
        String session = api.startSession();
        server.clock().advance(Duration.ofSeconds(3));
        ApiResponse declared = api.declaration(DECLARATION).inSession(session).ok();
        ApiResponse reply = api.status().inSession(session).ok();
        assertThat(reply.at("next_step").isNull()).isTrue();
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(reply.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(reply.at("/progress/done").intValue()).isEqualTo(1);
        assertThat(reply.text("completed_at"))
                .isEqualTo(server.clock().instant().toString());
        assertThat(reply.text("updated_at")).isEqualTo(reply.text("completed_at"));
    }

    @Test
    void returnsTheNewestOpenSessionOfAUser() {
        api.startSessionOf("ada");
        server.clock().advance(Duration.ofSeconds(1));
        String newest = api.startSessionOf("ada");
        server.clock().advance(Duration.ofSeconds(1));
        api.complete().inSession(api.startSessionOf("ada")).ok();
        assertThat(ofUser("ada").text("session_id")).isEqualTo(newest);
    }

    @Test
    void returnsTheNewestCompletedSessionOfAUserIfNoneIsOpen() {
        api.complete().inSession(api.startSessionOf("ada")).ok();
        server.clock().advance(Duration.ofSeconds(1));
        String newest = api.startSessionOf("ada");
        api.complete().inSession(newest).ok();
        ApiResponse reply = ofUser("ada");
        assertThat(reply.text("session_id")).isEqualTo(newest);
        assertThat(reply.at("completed").booleanValue()).isTrue();
    }

    @Test
    void prefersACompletedSessionToADismissedOne() {
        String before = api.startSessionOf("ada");
        api.action(before, "dismiss").ok();
        server.clock().advance(Duration.ofSeconds(1));
        String completed = api.startSessionOf("ada");
        api.declaration(DECLARATION).inSession(completed).ok();
        server.clock().advance(Duration.ofSeconds(1));
        api.action(api.startSessionOf("ada"), "dismiss").ok();
        assertThat(ofUser("ada").text("session_id")).isEqualTo(completed);
        assertThat(ofUser("ada").at("completed").booleanValue()).isTrue();
        assertThat(api.start()
                        .field("user_id", "ada")
                        .field("resume", true)
                        .ok()
                        .text("session_id"))
                .isEqualTo(completed);
    }

    @Test
    void returnsADismissedSessionIfThereIsNoOther() {
        String putOff = api.startSessionOf("ada");
        api.action(putOff, "dismiss").ok();
        assertThat(ofUser("ada").text("session_id")).isEqualTo(putOff);
    }

    @Test
    void returnsAUsersSessionInOneFlow() {
        String genesis = api.startSessionOf("ada");
        server.clock().advance(Duration.ofSeconds(1));
        String tour =
                api.start().field("user_id", "ada").field("flow", "tour").ok().text("session_id");
        assertThat(ofUser("ada").text("session_id")).isEqualTo(tour);
        assertThat(api.status()
                        .query("user_id", "ada")
                        .query("flow", "genesis")
                        .ok()
                        .text("session_id"))
                .isEqualTo(genesis);
    }

    @Test
    void returnsOnlyFalseForAUserWithoutSessions() {
        assertThat(bare(ofUser("nobody"))).isFalse();
    }

    @Test
    void rejectsAnUnknownFlow() {
        api.status().query("user_id", "ada").query("flow", "nowhere").expectInvalidField("flow");
        api.status().query("flow", "nowhere").expectInvalidField("flow");
    }

    @Test
    void isGlobalIfNoSessionIsNamed() {
        assertThat(bare(api.status().ok())).isFalse();
        String session = api.startSession();
        assertThat(bare(api.status().ok())).isFalse();
        api.complete().inSession(session).ok();
        assertThat(bare(api.status().ok())).isTrue();
    }

    @Test
    void anUnknownSessionIsNotFound() {
        api.status().query("session_id", UUID.randomUUID()).expectProblem(404, "session_not_found");
    }

    @Test
    void rejectsASessionTogetherWithAUser() {
        api.status()
                .query("session_id", api.startSession())
                .query("user_id", "ada")
                .expectInvalidField("user_id");
        api.status().inSession(api.startSession()).query("user_id", "ada").expectInvalidField("user_id");
    }

    @Test
    void aUserOverridesTheCookie() {
        String session = api.startSessionOf("ada");
        assertThat(api.status()
                        .cookie(api.startSession())
                        .query("user_id", "ada")
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void rejectsAnInvalidUserId() {
        api.status().query("user_id", "").expectInvalidField("user_id");
        api.status().query("user_id", "u".repeat(65)).expectInvalidField("user_id");
        api.status().query("user_id", "a\0b").expectInvalidField("user_id");
        api.status().query("user_id", "ada").query("user_id", "bob").expectInvalidField("user_id");
    }

    @Test
    void showsACompletionWithoutATimeFromOtherSoftware() {
        String session = api.startSession();
        server.database().execute("UPDATE onboarding_sessions SET completed = true, current_step = 'f2_complete'");
        ApiResponse reply = api.status().inSession(session).ok();
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.at("completed_at").isNull()).isTrue();
        assertThat(reply.text("current_step")).isEqualTo("f2_complete");
        assertThat(reply.at("next_step").isNull()).isTrue();
    }

    private ApiResponse ofUser(String user) {
        return api.status().query("user_id", user).ok();
    }

    /** The value of {@code completed}, after asserting that all other fields are null. */
    private static boolean bare(ApiResponse reply) {
        for (String name : reply.json().propertyNames()) {
            if (!name.equals("completed")) {
                assertThat(reply.at(name).isNull()).as(name).isTrue();
            }
        }
        return reply.at("completed").booleanValue();
    }
}
