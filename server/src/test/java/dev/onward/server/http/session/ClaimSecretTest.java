package dev.onward.server.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OperatorKey;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In mode public, the id of a claimed session is not enough to use it. */
@OnEachDatabase
class ClaimSecretTest extends HttpTest {
    private static final String REJECTION = "claim_proof_required";

    private String user = "";

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.open(kind);
    }

    @BeforeEach
    void theUserIsUnknown() {
        user = "user-" + UUID.randomUUID();
    }

    private ApiClient.ApiRequest claim(String session) {
        return api.action(session, "claim").field("user_id", user).operator();
    }

    /** The genesis cookie of the browser that claimed. */
    private static String cookie(ApiResponse claimed) {
        return claimed.cookie().orElseThrow();
    }

    private static String secret(ApiResponse claimed) {
        return cookie(claimed).replaceFirst("[^:]*:", "");
    }

    /** Every request that names a session by its id. */
    private Stream<ApiClient.ApiRequest> everyUse(String session) {
        return Stream.of(
                api.session(session),
                api.session("current").inSession(session),
                api.session("current").cookie(session),
                api.session("current").cookie(session + ":" + "x".repeat(43)),
                api.status().query("session_id", session),
                api.status().cookie(session),
                api.events(session),
                api.submit(session, "first_declaration", "{\"declaration\": \"Mine now.\"}"),
                api.submit(session, "first_declaration", "{\"declaration\": \"Mine now.\"}")
                        .idempotencyKey("one"),
                api.action(session, "steps/first_declaration/skip"),
                api.action(session, "dismiss"),
                api.action(session, "reopen"),
                api.action(session, "restart"),
                api.action("current", "restart").cookie(session),
                api.action(session, "complete"),
                api.declaration("Mine now.").inSession(session),
                api.complete().inSession(session));
    }

    @Test
    void theIdAloneNoLongerOpensAClaimedSession() {
        String plantedCookie = api.startSession();
        everyUse(plantedCookie).limit(7).forEach(ApiClient.ApiRequest::send);
        ApiResponse claimed = claim(plantedCookie).ok();
        assertThat(cookie(claimed)).startsWith(plantedCookie + ":").hasSize(plantedCookie.length() + 44);

        everyUse(plantedCookie).forEach(use -> use.expectProblem(403, REJECTION));
        assertThat(api.session(plantedCookie).operator().ok().at("revision").intValue())
                .isEqualTo(2);
    }

    @Test
    void theCookieOfTheClaimOpensIt() {
        String session = api.startSession();
        String cookie = cookie(claim(session).ok());

        assertThat(api.session("current").cookie(cookie).ok().text("session_id"))
                .isEqualTo(session);
        assertThat(api.session(session).cookie(cookie).ok().cookie()).contains(cookie);
        assertThat(api.status().inSession(session).cookie(cookie).ok().text("session_id"))
                .isEqualTo(session);
        String kblock = api.declaration("Mine.").cookie(cookie).ok().text("kblock_id");
        api.get("/api/kblocks/" + kblock).cookie(cookie).ok();
        api.get("/api/kblocks/" + kblock).cookie(session).expectProblem(404, "kblock_not_found");
        api.get("/api/kblocks/" + kblock).inSession(session).expectProblem(404, "kblock_not_found");
        api.events("current").cookie(cookie).ok();
        assertThat(api.complete().cookie(cookie).ok().cookie()).contains(cookie);
    }

    @Test
    void onlyTheHashOfTheSecretIsStored() {
        String session = api.startSession();
        String key = UUID.randomUUID().toString();
        String secret = secret(claim(session).idempotencyKey(key).ok());
        api.action(session, "dismiss")
                .cookie(session + ":" + secret)
                .idempotencyKey("1")
                .ok();

        assertThat(server.database()
                        .query("SELECT claim_secret_hash FROM onboarding_sessions WHERE id = '" + session + "'"))
                .singleElement()
                .asString()
                .matches("[0-9a-f]{32}:[0-9a-f]{64}");
        for (String table : List.of("onboarding_sessions", "onboarding_events", "onboarding_idempotency_records")) {
            assertThat(server.database().query("SELECT * FROM " + table).toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void aRetryOfTheClaimSetsTheSameCookie() {
        String session = api.startSession();
        String key = UUID.randomUUID().toString();
        ApiResponse first = claim(session).idempotencyKey(key).ok();
        ApiResponse again = claim(session).idempotencyKey(key).ok();

        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.header("Set-Cookie")).isEqualTo(first.header("Set-Cookie"));
        assertThat(cookie(claim(session).ok())).isEqualTo(cookie(first));
    }

    @Test
    void aRetryOfAnEarlierRequestRequiresTheSecretToo() {
        String key = UUID.randomUUID().toString();
        String plantedCookie = api.start().idempotencyKey(key).ok().text("session_id");
        api.action(plantedCookie, "dismiss").idempotencyKey("1").ok();
        String cookie = cookie(claim(plantedCookie).ok());

        api.start().idempotencyKey(key).expectProblem(403, REJECTION);
        api.action(plantedCookie, "dismiss").idempotencyKey("1").expectProblem(403, REJECTION);
        api.action(plantedCookie, "dismiss").idempotencyKey("1").cookie(cookie).ok();
    }

    @Test
    void aRestartKeepsTheSecret() {
        String session = api.startSession();
        String cookie = cookie(claim(session).ok());
        String key = UUID.randomUUID().toString();
        ApiResponse restarted = api.action("current", "restart")
                .cookie(cookie)
                .idempotencyKey(key)
                .ok();
        String next = restarted.text("session_id");

        assertThat(restarted.cookie()).contains(next + ":" + secret(claim(next).ok()));
        api.session(next).expectProblem(403, REJECTION);
        api.session(next).cookie(cookie(restarted)).ok();
        assertThat(api.action("current", "restart")
                        .cookie(cookie)
                        .idempotencyKey(key)
                        .ok()
                        .cookie())
                .isEqualTo(restarted.cookie());
        assertThat(api.session("current").cookie(cookie).ok().cookie()).isEqualTo(restarted.cookie());
    }

    @Test
    void aRestartedAnonymousSessionDoesNotLeadToTheClaimedOne() {
        String plantedCookie = api.startSession();
        String next =
                api.action("current", "restart").cookie(plantedCookie).ok().text("session_id");
        claim(next).ok();

        ApiResponse reply = api.session("current").cookie(plantedCookie).ok();
        assertThat(reply.text("session_id")).isEqualTo(plantedCookie);
        assertThat(reply.cookie()).contains(plantedCookie);
    }

    @Test
    void aSessionThatAClaimSupersedesIsClosedToo() {
        String adasSession = api.startSession();
        String first = cookie(claim(adasSession).ok());
        String plantedCookie = api.startSession();
        ApiResponse claimed =
                claim(plantedCookie).field("policy", "merge_answers").ok();

        assertThat(claimed.cookie()).contains(first);
        api.session(plantedCookie).expectProblem(403, REJECTION);
        api.session(adasSession).expectProblem(403, REJECTION);
        api.session("current").cookie(first).ok();
    }

    @Test
    void anEarlierSessionOfTheUserLeadsToTheClaimedOne() {
        String bobsSession = api.startSessionOf(user);
        String guest = api.startSession();
        api.declaration("Mine.").inSession(guest).ok();
        ApiResponse claimed = claim(guest).field("policy", "keep_furthest").ok();
        assertThat(claimed.text("outcome")).isEqualTo("kept_source");

        assertThat(api.session("current").cookie(bobsSession).ok().cookie()).contains(cookie(claimed));
    }

    @Test
    void theFirstClaimProtectsTheUsersEarlierSessions() {
        String session = api.startSessionOf(user);
        api.session(session).ok();
        ApiResponse claimed = claim(session).ok();

        assertThat(claimed.text("outcome")).isEqualTo("already_yours");
        assertThat(claimed.at("/session/revision").intValue()).isEqualTo(1);
        api.session(session).expectProblem(403, REJECTION);
        api.session("current").cookie(cookie(claimed)).ok();
    }

    @Test
    void resumingOnAnotherDeviceGetsTheSameCookie() {
        String session = api.startSession();
        String cookie = cookie(claim(session).ok());

        assertThat(api.start()
                        .field("user_id", user)
                        .field("resume", true)
                        .operator()
                        .ok()
                        .cookie())
                .contains(cookie);
    }

    @Test
    void aChangedOperatorKeyKeepsOldCookiesValid() {
        String session = api.startSession();
        String cookie = cookie(claim(session).ok());
        String other = "another-operators-key-of-the-tests-0123456789";
        TestServer otherServer = server.secondServer(new AccessPolicy(Mode.PUBLIC, OperatorKey.of(other)));
        try {
            ApiClient rotated = otherServer.api();
            assertThat(rotated.session("current").cookie(cookie).ok().cookie()).contains(cookie);
            ApiResponse resumed = rotated.start()
                    .field("user_id", user)
                    .field("resume", true)
                    .header("Authorization", "Bearer " + other)
                    .ok();
            assertThat(resumed.cookie()).isNotEmpty().isNotEqualTo(java.util.Optional.of(cookie));
            rotated.session("current").cookie(resumed.cookie().orElseThrow()).ok();
            rotated.session("current").cookie(cookie).expectProblem(403, REJECTION);
        } finally {
            otherServer.stop();
        }
    }

    @Test
    void inModeLocalTheIdIsEnough() {
        String session = api.startSession();
        String cookie = cookie(claim(session).ok());
        TestServer local = server.secondServer();
        try {
            local.api().session(session).ok();
            assertThat(local.api().session("current").cookie(cookie).ok().cookie())
                    .contains(cookie);
            String claimedThere = local.api().startSession();
            assertThat(local.api()
                            .action(claimedThere, "claim")
                            .field("user_id", "local-" + user)
                            .ok()
                            .cookie())
                    .contains(claimedThere);
            api.session(claimedThere).ok();
        } finally {
            local.stop();
        }
    }
}
