package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/onboarding/start}. */
@OnEachDatabase
class StartTest extends HttpTest {

    @Test
    void answersTheIdAndTheTimeOfANewSession() {
        Reply reply = api.start().json("{}").ok();
        assertThat(UUID.fromString(reply.text("session_id")).version()).isEqualTo(4);
        assertThat(reply.text("started_at")).isEqualTo(site.clock().instant().toString());
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.at("completed").booleanValue()).isFalse();
    }

    @Test
    void takesNoBodyAtAll() {
        assertThat(api.start().ok().text("flow")).isEqualTo("genesis");
    }

    @Test
    void makesANewSessionEveryTime() {
        String user = "every-time";
        assertThat(api.startedBy(user)).isNotEqualTo(api.startedBy(user));
    }

    @Test
    void startsTheFlowThatIsNamed() {
        Reply reply = api.start().field("flow", "tour").ok();
        assertThat(reply.text("flow")).isEqualTo("tour");
        assertThat(reply.text("current_step")).isEqualTo("started");
    }

    @Test
    void refusesAnUnknownFlow() {
        api.start().field("flow", "nowhere").refusedFor("flow");
        api.start().field("flow", "").refusedFor("flow");
    }

    @Test
    void resumesTheNewestOpenSession() {
        String user = "two-open";
        api.startedBy(user);
        site.clock().advance(Duration.ofSeconds(1));
        String newest = api.startedBy(user);
        Reply reply = resume(user);
        assertThat(reply.text("session_id")).isEqualTo(newest);
        assertThat(reply.at("resumed").booleanValue()).isTrue();
        assertThat(reply.at("completed").booleanValue()).isFalse();
    }

    @Test
    void resumesAnOlderOpenSessionBeforeANewerCompletedOne() {
        String user = "open-and-completed";
        String open = api.startedBy(user);
        site.clock().advance(Duration.ofSeconds(1));
        api.complete().inSession(api.startedBy(user)).ok();
        assertThat(resume(user).text("session_id")).isEqualTo(open);
    }

    @Test
    void answersTheCompletedSessionSoThatNobodyIsAskedTwice() {
        String user = "completed";
        String session = api.startedBy(user);
        api.complete().inSession(session).ok();
        Reply reply = resume(user);
        assertThat(reply.text("session_id")).isEqualTo(session);
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.at("resumed").booleanValue()).isTrue();
    }

    @Test
    void startsANewSessionWhereThereIsNoneToResume() {
        Reply first = resume("nobody-yet");
        assertThat(first.at("resumed").booleanValue()).isFalse();
        assertThat(resume("nobody-yet").text("session_id")).isEqualTo(first.text("session_id"));
    }

    @Test
    void resumesOnlySessionsOfThatFlow() {
        String user = "another-flow";
        api.start().field("user_id", user).field("flow", "tour").ok();
        Reply reply = resume(user);
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.text("flow")).isEqualTo("genesis");
    }

    @Test
    void cannotResumeForNobody() {
        api.start().field("resume", true).refusedFor("user_id");
        assertThat(api.start().field("resume", false).ok().at("resumed").booleanValue())
                .isFalse();
    }

    @Test
    void agreesWithStatusToTheLastDigit() {
        Reply started = api.start().ok();
        Reply status = api.status().inSession(started.text("session_id")).ok();
        assertThat(status.text("started_at")).isEqualTo(started.text("started_at"));
    }

    @Test
    void changesNothingThatTheServerOwns() {
        Reply reply = api.start()
                .field("completed", true)
                .field("created_at", "1999-01-01T00:00:00Z")
                .field("started_at", "1999-01-01T00:00:00Z")
                .field("current_step", "completed")
                .field("id", "mine")
                .ok();
        assertThat(reply.text("session_id")).isNotEqualTo("mine");
        Reply status = api.status().inSession(reply.text("session_id")).ok();
        assertThat(status.at("completed").booleanValue()).isFalse();
        assertThat(status.text("current_step")).isEqualTo("started");
        assertThat(status.text("started_at")).isEqualTo(site.clock().instant().toString());
    }

    @Test
    void setsACookieThatScriptsAndOtherSitesDoNotGet() {
        Reply reply = api.start().ok();
        assertThat(reply.header("Set-Cookie").orElseThrow())
                .startsWith("onward_genesis=" + reply.text("session_id") + ";")
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=90000")
                .doesNotContain("Secure", "Domain");
    }

    @Test
    void setsOneCookieForEachFlow() {
        assertThat(api.start().field("flow", "tour").ok().header("Set-Cookie").orElseThrow())
                .startsWith("onward_tour=");
    }

    @ParameterizedTest
    @CsvSource({"user_id,17", "user_id,[]", "flow,true", "flow,{}", "resume,'\"yes\"'", "resume,1"})
    void refusesAFieldOfAnotherType(String field, String value) {
        api.start().json("{\"" + field + "\": " + value + "}").refusedFor(field);
    }

    @Test
    void takesNullForAbsent() {
        api.start()
                .json("{\"user_id\": null, \"flow\": null, \"resume\": null}")
                .ok();
    }

    @Test
    void takesAUserIdOfSixtyFourCharactersAndNoneLonger() {
        api.start().field("user_id", "u".repeat(64)).ok();
        api.start().field("user_id", "😀".repeat(64)).ok();
        api.start().field("user_id", "u".repeat(65)).refusedFor("user_id");
    }

    @Test
    void refusesAUserIdThatIsEmptyOrCannotBeKept() {
        api.start().field("user_id", "").refusedFor("user_id");
        api.start().json("{\"user_id\": \"a\\u0000b\"}").refusedFor("user_id");
        api.start().json("{\"user_id\": \"\\ud83d\"}").refusedFor("user_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\n", "\u00a0", "\u2003 "})
    void refusesAUserIdThatIsOnlyWhiteSpace(String user) {
        api.start().field("user_id", user).refusedFor("user_id");
        api.status().query("user_id", user).refusedFor("user_id");
        api.sessions().query("user_id", user).refusedFor("user_id");
        api.act(api.started(), "claim").field("user_id", user).refusedFor("user_id");
    }

    private Reply resume(String user) {
        return api.start().field("user_id", user).field("resume", true).ok();
    }
}
