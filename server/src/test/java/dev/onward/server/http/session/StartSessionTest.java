package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/onboarding/start}. */
@OnEachDatabase
class StartSessionTest extends HttpTest {

    @Test
    void returnsTheIdAndTheTimeOfANewSession() {
        ApiResponse reply = api.start().json("{}").ok();
        assertThat(UUID.fromString(reply.text("session_id")).version()).isEqualTo(4);
        assertThat(reply.text("started_at")).isEqualTo(server.clock().instant().toString());
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.at("completed").booleanValue()).isFalse();
    }

    @Test
    void requiresNoBody() {
        assertThat(api.start().ok().text("flow")).isEqualTo("genesis");
    }

    @Test
    void createsANewSessionEveryTime() {
        String user = "every-time";
        assertThat(api.startSessionOf(user)).isNotEqualTo(api.startSessionOf(user));
    }

    @Test
    void startsTheNamedFlow() {
        ApiResponse reply = api.start().field("flow", "tour").ok();
        assertThat(reply.text("flow")).isEqualTo("tour");
        assertThat(reply.text("current_step")).isEqualTo("started");
    }

    @Test
    void rejectsAnUnknownFlow() {
        api.start().field("flow", "nowhere").expectInvalidField("flow");
        api.start().field("flow", "").expectInvalidField("flow");
    }

    @Test
    void resumesTheNewestOpenSession() {
        String user = "two-open";
        api.startSessionOf(user);
        server.clock().advance(Duration.ofSeconds(1));
        String newest = api.startSessionOf(user);
        ApiResponse reply = resume(user);
        assertThat(reply.text("session_id")).isEqualTo(newest);
        assertThat(reply.at("resumed").booleanValue()).isTrue();
        assertThat(reply.at("completed").booleanValue()).isFalse();
    }

    @Test
    void prefersAnOlderOpenSessionToANewerCompletedOne() {
        String user = "open-and-completed";
        String open = api.startSessionOf(user);
        server.clock().advance(Duration.ofSeconds(1));
        api.complete().inSession(api.startSessionOf(user)).ok();
        assertThat(resume(user).text("session_id")).isEqualTo(open);
    }

    @Test
    void returnsTheCompletedSessionOfAUser() {
        String user = "completed";
        String session = api.startSessionOf(user);
        api.complete().inSession(session).ok();
        ApiResponse reply = resume(user);
        assertThat(reply.text("session_id")).isEqualTo(session);
        assertThat(reply.at("completed").booleanValue()).isTrue();
        assertThat(reply.at("resumed").booleanValue()).isTrue();
    }

    @Test
    void startsANewSessionIfThereIsNoneToResume() {
        ApiResponse first = resume("nobody-yet");
        assertThat(first.at("resumed").booleanValue()).isFalse();
        assertThat(resume("nobody-yet").text("session_id")).isEqualTo(first.text("session_id"));
    }

    @Test
    void resumesOnlySessionsOfThatFlow() {
        String user = "another-flow";
        api.start().field("user_id", user).field("flow", "tour").ok();
        ApiResponse reply = resume(user);
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.text("flow")).isEqualTo("genesis");
    }

    @Test
    void resumingRequiresAUser() {
        api.start().field("resume", true).expectInvalidField("user_id");
        assertThat(api.start().field("resume", false).ok().at("resumed").booleanValue())
                .isFalse();
    }

    @Test
    void returnsTheSameTimesAsStatus() {
        ApiResponse started = api.start().ok();
        ApiResponse status = api.status().inSession(started.text("session_id")).ok();
        assertThat(status.text("started_at")).isEqualTo(started.text("started_at"));
    }

    @Test
    void ignoresFieldsThatTheServerOwns() {
        ApiResponse reply = api.start()
                .field("completed", true)
                .field("created_at", "1999-01-01T00:00:00Z")
                .field("started_at", "1999-01-01T00:00:00Z")
                .field("current_step", "completed")
                .field("id", "mine")
                .ok();
        assertThat(reply.text("session_id")).isNotEqualTo("mine");
        ApiResponse status = api.status().inSession(reply.text("session_id")).ok();
        assertThat(status.at("completed").booleanValue()).isFalse();
        assertThat(status.text("current_step")).isEqualTo("started");
        assertThat(status.text("started_at")).isEqualTo(server.clock().instant().toString());
    }

    @Test
    void setsACookieThatIsHttpOnlyAndSameSite() {
        ApiResponse reply = api.start().ok();
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
    void rejectsAFieldOfAnotherType(String field, String value) {
        api.start().json("{\"" + field + "\": " + value + "}").expectInvalidField(field);
    }

    @Test
    void nullCountsAsAbsent() {
        api.start()
                .json("{\"user_id\": null, \"flow\": null, \"resume\": null}")
                .ok();
    }

    @Test
    void acceptsAUserIdOfSixtyFourCharactersAndNotOneMore() {
        api.start().field("user_id", "u".repeat(64)).ok();
        api.start().field("user_id", "😀".repeat(64)).ok();
        api.start().field("user_id", "u".repeat(65)).expectInvalidField("user_id");
    }

    @Test
    void rejectsAnEmptyOrUnstorableUserId() {
        api.start().field("user_id", "").expectInvalidField("user_id");
        api.start().json("{\"user_id\": \"a\\u0000b\"}").expectInvalidField("user_id");
        api.start().json("{\"user_id\": \"\\ud83d\"}").expectInvalidField("user_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\n", "\u00a0", "\u2003 "})
    void rejectsABlankUserId(String user) {
        api.start().field("user_id", user).expectInvalidField("user_id");
        api.status().query("user_id", user).expectInvalidField("user_id");
        api.sessions().query("user_id", user).expectInvalidField("user_id");
        api.action(api.startSession(), "claim").field("user_id", user).expectInvalidField("user_id");
    }

    private ApiResponse resume(String user) {
        return api.start().field("user_id", user).field("resume", true).ok();
    }
}
