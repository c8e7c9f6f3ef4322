package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
        site.empty();
    }

    @Test
    void saysOfASessionWhereItStandsAndWhereToGoOn() {
        Reply reply = api.status().query("session_id", api.started()).ok();
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
        String session = api.startedIn(Setup.FLOW);
        Reply reply = api.status().inSession(session).ok();
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
        String session = api.started();
        assertThat(api.status().query("session_id", session).ok().json().has("steps"))
                .isFalse();
        Reply reply = api.session(session).ok();
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
    void describesAStepThatAsksForNothing() {
        Reply started = api.start().field("flow", "tour").ok();
        Reply reply = api.session(started.text("session_id")).ok();
        assertThat(reply.at("/steps/0/input").isNull()).isTrue();
        assertThat(reply.at("/steps/0/creates").isNull()).isTrue();
        assertThat(reply.at("/steps/0/ui")).isEmpty();
        assertThat(reply.at("/steps/0/optional").booleanValue()).isTrue();
    }

    @Test
    void hasNoNextStepWhenNothingIsLeft() {
        String session = api.started();
        site.clock().advance(Duration.ofSeconds(3));
        Reply declared = api.declaration(DECLARATION).inSession(session).ok();
        Reply reply = api.status().inSession(session).ok();
        assertThat(reply.at("next_step").isNull()).isTrue();
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.text("first_declaration")).isEqualTo(DECLARATION);
        assertThat(reply.text("first_kblock_id")).isEqualTo(declared.text("kblock_id"));
        assertThat(reply.at("/progress/done").intValue()).isEqualTo(1);
        assertThat(reply.text("completed_at")).isEqualTo(site.clock().instant().toString());
        assertThat(reply.text("updated_at")).isEqualTo(reply.text("completed_at"));
    }

    @Test
    void answersOfAUserTheNewestOpenSession() {
        api.startedBy("ada");
        site.clock().advance(Duration.ofSeconds(1));
        String newest = api.startedBy("ada");
        site.clock().advance(Duration.ofSeconds(1));
        api.complete().inSession(api.startedBy("ada")).ok();
        assertThat(ofUser("ada").text("session_id")).isEqualTo(newest);
    }

    @Test
    void answersOfAUserTheNewestCompletedSessionWhereNoneIsOpen() {
        api.complete().inSession(api.startedBy("ada")).ok();
        site.clock().advance(Duration.ofSeconds(1));
        String newest = api.startedBy("ada");
        api.complete().inSession(newest).ok();
        Reply reply = ofUser("ada");
        assertThat(reply.text("session_id")).isEqualTo(newest);
        assertThat(reply.at("completed").booleanValue()).isTrue();
    }

    @Test
    void answersOfAUserACompletedSessionBeforeOneThatTheyPutOff() {
        String before = api.startedBy("ada");
        api.act(before, "dismiss").ok();
        site.clock().advance(Duration.ofSeconds(1));
        String completed = api.startedBy("ada");
        api.declaration(DECLARATION).inSession(completed).ok();
        site.clock().advance(Duration.ofSeconds(1));
        api.act(api.startedBy("ada"), "dismiss").ok();
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
    void answersOfAUserTheSessionThatTheyPutOffWhereThereIsNoOther() {
        String putOff = api.startedBy("ada");
        api.act(putOff, "dismiss").ok();
        assertThat(ofUser("ada").text("session_id")).isEqualTo(putOff);
    }

    @Test
    void answersOfAUserInOneFlow() {
        String genesis = api.startedBy("ada");
        site.clock().advance(Duration.ofSeconds(1));
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
    void answersNothingButFalseOfAUserWithoutSessions() {
        assertThat(bare(ofUser("nobody"))).isFalse();
    }

    @Test
    void refusesAnUnknownFlow() {
        api.status().query("user_id", "ada").query("flow", "nowhere").refusedFor("flow");
        api.status().query("flow", "nowhere").refusedFor("flow");
    }

    @Test
    void answersForTheInstallationWhereNobodyIsNamed() {
        assertThat(bare(api.status().ok())).isFalse();
        String session = api.started();
        assertThat(bare(api.status().ok())).isFalse();
        api.complete().inSession(session).ok();
        assertThat(bare(api.status().ok())).isTrue();
    }

    @Test
    void doesNotKnowASessionThatNeverWas() {
        api.status().query("session_id", UUID.randomUUID()).refused(404, "session_not_found");
    }

    @Test
    void refusesASessionAndAUserAtOnce() {
        api.status().query("session_id", api.started()).query("user_id", "ada").refusedFor("user_id");
        api.status().inSession(api.started()).query("user_id", "ada").refusedFor("user_id");
    }

    @Test
    void answersOfAUserThoughTheBrowserHasASessionOfItsOwn() {
        String session = api.startedBy("ada");
        assertThat(api.status()
                        .cookie(api.started())
                        .query("user_id", "ada")
                        .ok()
                        .text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void refusesAUserIdThatBreaksItsRule() {
        api.status().query("user_id", "").refusedFor("user_id");
        api.status().query("user_id", "u".repeat(65)).refusedFor("user_id");
        api.status().query("user_id", "a\0b").refusedFor("user_id");
        api.status().query("user_id", "ada").query("user_id", "bob").refusedFor("user_id");
    }

    @Test
    void showsACompletionWithoutATimeAsOtherSoftwareWroteIt() {
        String session = api.started();
        site.database().execute("UPDATE onboarding_sessions SET completed = true, current_step = 'f2_complete'");
        Reply reply = api.status().inSession(session).ok();
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.at("completed_at").isNull()).isTrue();
        assertThat(reply.text("current_step")).isEqualTo("f2_complete");
        assertThat(reply.at("next_step").isNull()).isTrue();
    }

    private Reply ofUser(String user) {
        return api.status().query("user_id", user).ok();
    }

    /** What {@code completed} says, where all else has to be null. */
    private static boolean bare(Reply reply) {
        for (String name : reply.json().propertyNames()) {
            if (!name.equals("completed")) {
                assertThat(reply.at(name).isNull()).as(name).isTrue();
            }
        }
        return reply.at("completed").booleanValue();
    }
}
