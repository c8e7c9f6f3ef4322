package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
    void ofAUserWhomWeDoNotKnowIsEmpty() {
        Reply reply = profile("nobody");
        assertThat(reply.text("user_id")).isEqualTo("nobody");
        assertThat(reply.at("onboarding_completed_at").isNull()).isTrue();
        assertThat(reply.at("flows")).isEmpty();
    }

    @Test
    void isEmptyUntilASessionIsCompleted() {
        api.startedBy("starter");
        assertThat(profile("starter").at("onboarding_completed_at").isNull()).isTrue();
    }

    @Test
    void isSetWhenADeclarationCompletesTheSession() {
        String session = api.startedBy("declarer");
        api.declaration(DECLARATION).inSession(session).ok();
        String now = site.clock().instant().toString();
        assertThat(profile("declarer").text("onboarding_completed_at")).isEqualTo(now);
        assertThat(profile("declarer").text("/flows/genesis")).isEqualTo(now);
    }

    @Test
    void isSetWhenTheProductCompletesTheSession() {
        api.complete().inSession(api.startedBy("completer")).ok();
        assertThat(profile("completer").text("/flows/genesis"))
                .isEqualTo(site.clock().instant().toString());
    }

    @Test
    void keepsTheFirstCompletion() {
        String session = api.startedBy("twice");
        Instant first = site.clock().instant();
        api.declaration(DECLARATION).inSession(session).ok();
        site.clock().advance(Duration.ofHours(1));
        api.complete().inSession(session).ok();
        api.complete().inSession(api.startedBy("twice")).ok();
        assertThat(profile("twice").text("onboarding_completed_at")).isEqualTo(first.toString());
        assertThat(profile("twice").text("/flows/genesis")).isEqualTo(first.toString());
    }

    @Test
    void countsOnlyFlowsThatAreOnboarding() {
        String tour = api.start()
                .field("user_id", "tourist")
                .field("flow", "tour")
                .ok()
                .text("session_id");
        api.complete().inSession(tour).ok();
        Reply reply = profile("tourist");
        assertThat(reply.at("onboarding_completed_at").isNull()).isTrue();
        assertThat(reply.text("/flows/tour")).isEqualTo(site.clock().instant().toString());
    }

    @Test
    void takesAnyUserIdOfSixtyFourCharacters() {
        assertThat(api.get("/api/users/a%20b%3Fc%40d/profile").operator().ok().text("user_id"))
                .isEqualTo("a b?c@d");
        api.get("/api/users/" + "u".repeat(64) + "/profile").operator().ok();
        api.get("/api/users/" + "u".repeat(65) + "/profile").operator().refusedFor("id");
        api.get("/api/users/a%00b/profile").operator().refusedFor("id");
    }

    /** As people write them in other systems, and as the case asks: each in the address and in the query. */
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
    void everyIdThatStartTakesWorksInTheAddressAndInTheQuery(String user) {
        api.complete().inSession(api.startedBy(user)).ok();
        Reply byAddress = profile(encoded(user));
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
    void theQueryHasToNameAUser() {
        api.get("/api/users/profile").operator().refusedFor("user_id");
        api.get("/api/users/profile").query("user_id", "").operator().refusedFor("user_id");
        api.get("/api/users/profile").query("user_id", "ada").refused(404, "profile_not_found");
    }

    private static String encoded(String user) {
        return URLEncoder.encode(user, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private Reply profile(String user) {
        return api.get("/api/users/" + user + "/profile").operator().ok();
    }
}
