package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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

/** On the open network, a session that a user has claimed takes more than its id. */
@OnEachDatabase
class ClaimSecretTest extends HttpTest {
    private static final String REFUSED = "claim_proof_required";

    private String user = "";

    @Override
    Site site(DatabaseKind kind) {
        return Site.open(kind);
    }

    @BeforeEach
    void nobodyHasHeardOfTheUser() {
        user = "user-" + UUID.randomUUID();
    }

    private Api.Request claim(String session) {
        return api.act(session, "claim").field("user_id", user).operator();
    }

    /** What the browser of a claimer holds for genesis. */
    private static String cookie(Reply claimed) {
        return claimed.cookie().orElseThrow();
    }

    private static String secret(Reply claimed) {
        return cookie(claimed).replaceFirst("[^:]*:", "");
    }

    /** All that can be asked of a session by its id alone. */
    private Stream<Api.Request> everyUse(String session) {
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
                        .keyed("one"),
                api.act(session, "steps/first_declaration/skip"),
                api.act(session, "dismiss"),
                api.act(session, "reopen"),
                api.act(session, "restart"),
                api.act("current", "restart").cookie(session),
                api.act(session, "complete"),
                api.declaration("Mine now.").inSession(session),
                api.complete().inSession(session));
    }

    @Test
    void theIdOfAClaimedSessionNoLongerOpensIt() {
        String planted = api.started();
        everyUse(planted).limit(7).forEach(Api.Request::send);
        Reply claimed = claim(planted).ok();
        assertThat(cookie(claimed)).startsWith(planted + ":").hasSize(planted.length() + 44);

        everyUse(planted).forEach(use -> use.refused(403, REFUSED));
        assertThat(api.session(planted).operator().ok().at("revision").intValue())
                .isEqualTo(2);
    }

    @Test
    void theClaimersCookieOpensIt() {
        String session = api.started();
        String cookie = cookie(claim(session).ok());

        assertThat(api.session("current").cookie(cookie).ok().text("session_id"))
                .isEqualTo(session);
        assertThat(api.session(session).cookie(cookie).ok().cookie()).contains(cookie);
        assertThat(api.status().inSession(session).cookie(cookie).ok().text("session_id"))
                .isEqualTo(session);
        String kblock = api.declaration("Mine.").cookie(cookie).ok().text("kblock_id");
        api.get("/api/kblocks/" + kblock).cookie(cookie).ok();
        api.get("/api/kblocks/" + kblock).cookie(session).refused(404, "kblock_not_found");
        api.get("/api/kblocks/" + kblock).inSession(session).refused(404, "kblock_not_found");
        api.events("current").cookie(cookie).ok();
        assertThat(api.complete().cookie(cookie).ok().cookie()).contains(cookie);
    }

    @Test
    void theSecretIsStoredHashedAlone() {
        String session = api.started();
        String key = UUID.randomUUID().toString();
        String secret = secret(claim(session).keyed(key).ok());
        api.act(session, "dismiss").cookie(session + ":" + secret).keyed("1").ok();

        assertThat(site.database()
                        .query("SELECT claim_secret_hash FROM onboarding_sessions WHERE id = '" + session + "'"))
                .singleElement()
                .asString()
                .matches("[0-9a-f]{32}:[0-9a-f]{64}");
        for (String table : List.of("onboarding_sessions", "onboarding_events", "onboarding_idempotency_records")) {
            assertThat(site.database().query("SELECT * FROM " + table).toString())
                    .doesNotContain(secret);
        }
    }

    @Test
    void aRepeatOfTheClaimSetsTheSameCookie() {
        String session = api.started();
        String key = UUID.randomUUID().toString();
        Reply first = claim(session).keyed(key).ok();
        Reply again = claim(session).keyed(key).ok();

        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.header("Set-Cookie")).isEqualTo(first.header("Set-Cookie"));
        assertThat(cookie(claim(session).ok())).isEqualTo(cookie(first));
    }

    @Test
    void aRepeatOfARequestFromBeforeTheClaimTakesTheSecretToo() {
        String key = UUID.randomUUID().toString();
        String planted = api.start().keyed(key).ok().text("session_id");
        api.act(planted, "dismiss").keyed("1").ok();
        String cookie = cookie(claim(planted).ok());

        api.start().keyed(key).refused(403, REFUSED);
        api.act(planted, "dismiss").keyed("1").refused(403, REFUSED);
        api.act(planted, "dismiss").keyed("1").cookie(cookie).ok();
    }

    @Test
    void aRestartHandsTheSecretOn() {
        String session = api.started();
        String cookie = cookie(claim(session).ok());
        String key = UUID.randomUUID().toString();
        Reply restarted =
                api.act("current", "restart").cookie(cookie).keyed(key).ok();
        String next = restarted.text("session_id");

        assertThat(restarted.cookie()).contains(next + ":" + secret(claim(next).ok()));
        api.session(next).refused(403, REFUSED);
        api.session(next).cookie(cookie(restarted)).ok();
        assertThat(api.act("current", "restart").cookie(cookie).keyed(key).ok().cookie())
                .isEqualTo(restarted.cookie());
        assertThat(api.session("current").cookie(cookie).ok().cookie()).isEqualTo(restarted.cookie());
    }

    @Test
    void whoRestartedASessionThatWasNobodysIsNotLedToTheClaimedOne() {
        String planted = api.started();
        String next = api.act("current", "restart").cookie(planted).ok().text("session_id");
        claim(next).ok();

        Reply reply = api.session("current").cookie(planted).ok();
        assertThat(reply.text("session_id")).isEqualTo(planted);
        assertThat(reply.cookie()).contains(planted);
    }

    @Test
    void aSessionThatAClaimSupersedesIsClosedToo() {
        String mine = api.started();
        String first = cookie(claim(mine).ok());
        String planted = api.started();
        Reply claimed = claim(planted).field("policy", "merge_answers").ok();

        assertThat(claimed.cookie()).contains(first);
        api.session(planted).refused(403, REFUSED);
        api.session(mine).refused(403, REFUSED);
        api.session("current").cookie(first).ok();
    }

    @Test
    void anEarlierSessionOfTheUserLeadsToTheClaimedOne() {
        String theirs = api.startedBy(user);
        String guest = api.started();
        api.declaration("Mine.").inSession(guest).ok();
        Reply claimed = claim(guest).field("policy", "keep_furthest").ok();
        assertThat(claimed.text("outcome")).isEqualTo("kept_source");

        assertThat(api.session("current").cookie(theirs).ok().cookie()).contains(cookie(claimed));
    }

    @Test
    void whatWasTheUsersBeforeIsClosedByItsFirstClaim() {
        String session = api.startedBy(user);
        api.session(session).ok();
        Reply claimed = claim(session).ok();

        assertThat(claimed.text("outcome")).isEqualTo("already_yours");
        assertThat(claimed.at("/session/revision").intValue()).isEqualTo(1);
        api.session(session).refused(403, REFUSED);
        api.session("current").cookie(cookie(claimed)).ok();
    }

    @Test
    void resumingOnAnotherDeviceGetsTheSameCookie() {
        String session = api.started();
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
    void anotherOperatorsKeyEndsNoCookieAndMakesNewOnes() {
        String session = api.started();
        String cookie = cookie(claim(session).ok());
        String other = "another-operators-key-of-the-tests-0123456789";
        Site neighbour = site.neighbour(new AccessPolicy(Mode.PUBLIC, OperatorKey.of(other)));
        try {
            Api rotated = neighbour.api();
            assertThat(rotated.session("current").cookie(cookie).ok().cookie()).contains(cookie);
            Reply resumed = rotated.start()
                    .field("user_id", user)
                    .field("resume", true)
                    .header("Authorization", "Bearer " + other)
                    .ok();
            assertThat(resumed.cookie()).isNotEmpty().isNotEqualTo(java.util.Optional.of(cookie));
            rotated.session("current").cookie(resumed.cookie().orElseThrow()).ok();
            rotated.session("current").cookie(cookie).refused(403, REFUSED);
        } finally {
            neighbour.stop();
        }
    }

    @Test
    void inModeLocalTheIdIsEnough() {
        String session = api.started();
        String cookie = cookie(claim(session).ok());
        Site local = site.neighbour();
        try {
            local.api().session(session).ok();
            assertThat(local.api().session("current").cookie(cookie).ok().cookie())
                    .contains(cookie);
            String claimedThere = local.api().started();
            assertThat(local.api()
                            .act(claimedThere, "claim")
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
