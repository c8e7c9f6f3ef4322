package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.testing.OnEachDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/users/{id}/profile} and {@code GET /api/users/profile?user_id=…}. */
@OnEachDatabase
class ProfileTest extends HttpTest {
    private static final String DECLARATION = "What is made with care outlives its tools.";

    @Test
    void ofAnUnknownUserIsEmpty() {
        ApiResponse reply = profile("nobody");
        assertThat(reply.text("user_id")).isEqualTo("nobody");
        assertThat(reply.at("onboarding_completed_at").isNull()).isTrue();
        assertThat(reply.at("flows")).isEmpty();
    }

    @Test
    void isEmptyUntilASessionIsCompleted() {
        api.startSessionOf("starter");
        assertThat(profile("starter").at("onboarding_completed_at").isNull()).isTrue();
    }

    @Test
    void isSetWhenADeclarationCompletesTheSession() {
        String session = api.startSessionOf("declarer");
        api.declaration(DECLARATION).inSession(session).ok();
        String now = server.clock().instant().toString();
        assertThat(profile("declarer").text("onboarding_completed_at")).isEqualTo(now);
        assertThat(profile("declarer").text("/flows/genesis")).isEqualTo(now);
    }

    @Test
    void isSetWhenTheProductCompletesTheSession() {
        api.complete().inSession(api.startSessionOf("completer")).ok();
        assertThat(profile("completer").text("/flows/genesis"))
                .isEqualTo(server.clock().instant().toString());
    }

    @Test
    void keepsTheFirstCompletion() {
        String session = api.startSessionOf("twice");
        Instant first = server.clock().instant();
        api.declaration(DECLARATION).inSession(session).ok();
        server.clock().advance(Duration.ofHours(1));
        api.complete().inSession(session).ok();
        api.complete().inSession(api.startSessionOf("twice")).ok();
        assertThat(profile("twice").text("onboarding_completed_at")).isEqualTo(first.toString());
        assertThat(profile("twice").text("/flows/genesis")).isEqualTo(first.toString());
    }

    @Test
    void countsOnlyOnboardingFlows() {
        String tour = api.start()
                .field("user_id", "tourist")
                .field("flow", "tour")
                .ok()
                .text("session_id");
        api.complete().inSession(tour).ok();
        ApiResponse reply = profile("tourist");
        assertThat(reply.at("onboarding_completed_at").isNull()).isTrue();
        assertThat(reply.text("/flows/tour")).isEqualTo(server.clock().instant().toString());
    }

    @Test
    void acceptsEveryUserIdOfSixtyFourCharacters() {
        assertThat(api.get("/api/users/a%20b%3Fc%40d/profile").operator().ok().text("user_id"))
                .isEqualTo("a b?c@d");
        api.get("/api/users/" + "u".repeat(64) + "/profile").operator().ok();
        api.get("/api/users/" + "u".repeat(65) + "/profile").operator().expectInvalidField("id");
        api.get("/api/users/a%00b/profile").operator().expectInvalidField("id");
    }

    /** Ids of other systems, in the path and in the query. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "team/kim",
                "arn:aws:iam::1:user/kim",
                "https://id.example/kim",
                "/",
                "//",
                ".",
                "..",
                "../kim",
                "a//b",
                "100%",
                "%2F",
                "a b",
                " a",
                "a+b",
                "a;b=c",
                "a?b#c",
                "profile",
                "k\u00eem"
            })
    void everyIdThatStartAcceptsWorksInThePathAndInTheQuery(String user) {
        api.complete().inSession(api.startSessionOf(user)).ok();
        ApiResponse byAddress = profile(encoded(user));
        assertThat(byAddress.text("user_id")).isEqualTo(user);
        assertThat(byAddress.at("/flows").size()).isEqualTo(1);
        assertThat(api.get("/api/users/profile")
                        .query("user_id", user)
                        .operator()
                        .ok()
                        .json())
                .isEqualTo(byAddress.json());
    }

    @Test
    void theQueryMustNameAUser() {
        api.get("/api/users/profile").operator().expectInvalidField("user_id");
        api.get("/api/users/profile").query("user_id", "").operator().expectInvalidField("user_id");
        api.get("/api/users/profile").query("user_id", "ada").expectProblem(404, "profile_not_found");
    }

    private static String encoded(String user) {
        return URLEncoder.encode(user, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private ApiResponse profile(String user) {
        return api.get("/api/users/" + user + "/profile").operator().ok();
    }
}
