package dev.onward.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.CorsPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import dev.onward.web.access.TrustedProxies;
import dev.onward.web.jwt.IdentityProvider;
import dev.onward.web.jwt.JwtVerifier;
import dev.onward.web.jwt.VerifiedTokens;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users with a token of the product's identity provider, in mode public. */
@OnEachDatabase
class UserTokensTest extends HttpTest {
    private static final IdentityProvider PROVIDER = new IdentityProvider();

    private String user = "";

    @AfterAll
    static void closeProvider() {
        PROVIDER.close();
    }

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.with(kind, accepting(OperatorKey.of(TestServer.KEY)));
    }

    private static AccessPolicy accepting(OperatorKey key) {
        InstantSource clock = InstantSource.system();
        VerifiedTokens tokens = new VerifiedTokens(new JwtVerifier(List.of(PROVIDER.issuer()), clock), clock);
        return new AccessPolicy(Mode.PUBLIC, key, TrustedProxies.LOOPBACK, Optional.of(tokens), CorsPolicy.NONE);
    }

    @BeforeEach
    void theUserIsNew() {
        user = "user-" + UUID.randomUUID();
    }

    private static ApiClient.ApiRequest as(String user, ApiClient.ApiRequest request) {
        return request.header("Authorization", "Bearer " + PROVIDER.token(user));
    }

    private ApiClient.ApiRequest as(ApiClient.ApiRequest request) {
        return as(user, request);
    }

    private String started() {
        return as(api.start()).ok().text("session_id");
    }

    @Test
    void startsAndResumesTheSessionOfTheTokensUser() {
        String session = started();
        assertThat(as(api.session(session)).ok().text("user_id")).isEqualTo(user);
        ApiResponse resumed = as(api.start().field("resume", true)).ok();
        assertThat(resumed.text("session_id")).isEqualTo(session);
        assertThat(as(api.status()).ok().text("session_id")).isEqualTo(session);
        assertThat(as(api.status().query("user_id", user)).ok().text("session_id"))
                .isEqualTo(session);
    }

    @Test
    void answersOnlyToItsUserAndTheOperator() {
        String session = started();
        Stream.of(
                        api.session(session),
                        api.session("current").cookie(session),
                        api.status().query("session_id", session),
                        api.events(session),
                        api.action(session, "dismiss"),
                        as("another-" + user, api.session(session)),
                        as("another-" + user, api.action(session, "claim")))
                .forEach(request -> request.expectProblem(403, "claim_proof_required"));
        as(api.submit(session, "first_declaration", "{\"declaration\": \"I build.\"}"))
                .ok();
        assertThat(api.session(session).operator().ok().text("user_id")).isEqualTo(user);
    }

    @Test
    void theCookieOfAUsersSessionGrantsNothingWithoutTheToken() {
        ApiResponse start = as(api.start()).ok();
        String cookie = start.cookie().orElseThrow();
        assertThat(cookie).isEqualTo(start.text("session_id"));
        as(api.session("current").cookie(cookie)).ok();
        api.session("current").cookie(cookie).expectProblem(403, "claim_proof_required");
    }

    @Test
    void signingInClaimsTheAnonymousSession() {
        String session = api.startSession();
        ApiResponse claimed = as(api.action(session, "claim")).ok();
        assertThat(claimed.at("/session/user_id").stringValue()).isEqualTo(user);
        api.session(session).expectProblem(403, "claim_proof_required");
        as(api.session(session)).ok();
        as(api.action(session, "claim")).ok();
    }

    @Test
    void aUserNamesNoOtherUser() {
        as(api.start().field("user_id", "another")).expectProblem(403, "another_user");
        as(api.status().query("user_id", "another")).expectProblem(403, "another_user");
        as(api.action(api.startSession(), "claim").field("user_id", "another")).expectProblem(403, "another_user");
        as(api.start().field("user_id", user)).ok();
        api.start().field("user_id", user).expectProblem(401, "operator_key_required");
    }

    @Test
    void aSessionThatTheOperatorStartedIsClosedWhenItsUserResumesIt() {
        String session = api.start().field("user_id", user).operator().ok().text("session_id");
        api.session(session).ok();
        assertThat(as(api.start().field("resume", true)).ok().text("session_id"))
                .isEqualTo(session);
        api.session(session).expectProblem(403, "claim_proof_required");
        as(api.session(session)).ok();
    }

    @Test
    void aRestartedSessionStaysTheUsers() {
        String session = started();
        String next = as(api.action(session, "restart")).ok().text("session_id");
        assertThat(next).isNotEqualTo(session);
        api.session(next).expectProblem(403, "claim_proof_required");
        as(api.session(next)).ok();
    }

    @Test
    void aUserIsNoOperator() {
        as(api.get("/api/onboarding/sessions")).expectProblem(401, "operator_key_required");
        as(api.post("/api/onboarding/cleanup")).expectProblem(401, "operator_key_required");
        as(api.get("/api/users/" + user + "/profile")).expectProblem(404, "profile_not_found");
    }

    @Test
    void aRejectedTokenIsNeverIgnored() {
        String token = PROVIDER.token(user);
        ApiResponse rejected = api.start()
                .header("Authorization", "Bearer " + token.substring(0, token.lastIndexOf('.') + 1) + "AAAA")
                .expectProblem(401, "token_invalid");
        assertThat(rejected.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        api.status().header("Authorization", "Bearer a.b.c").expectProblem(401, "token_invalid");
        api.session(api.startSession()).header("Authorization", "Bearer a.b.c").expectProblem(401, "token_invalid");
    }

    @Test
    void aUserIdThatIsTooLongNamesTheSetting() {
        ApiResponse rejected = as("x".repeat(65), api.start()).expectProblem(403, "user_id_too_long");
        assertThat(rejected.text("detail")).contains("65", "user_id_form");
    }

    @Test
    void withoutAnOperatorKeyUsersAreProtectedToo() {
        try (TestServer keyless = TestServer.with(DatabaseKind.SQLITE, accepting(OperatorKey.unknown()))) {
            String session = as(keyless.api().start()).ok().text("session_id");
            keyless.api().session(session).expectProblem(403, "claim_proof_required");
            as(keyless.api().session(session)).ok();
        }
    }
}
