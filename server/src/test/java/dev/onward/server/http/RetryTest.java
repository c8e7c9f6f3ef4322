package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that comes again with the same {@code Idempotency-Key} is done once, and answered as it was. */
@OnEachDatabase
class RetryTest extends HttpTest {
    private String key = "";

    @BeforeEach
    void nobodyHasUsedTheKey() {
        key = UUID.randomUUID().toString();
    }

    @Test
    void everyPostThatChangesSomethingIsDoneOnceAndAnsweredTheSame() {
        String session = Setup.begun(api);
        isDoneOnce(() -> api.start());
        isDoneOnce(() -> api.start().field("user_id", "re"));
        isDoneOnce(() -> api.start().field("user_id", "re").field("resume", true));
        isDoneOnce(() -> api.declaration("Once."));
        isDoneOnce(() -> api.declaration("Twice.").inSession(api.started()));
        isDoneOnce(() -> api.complete());
        isDoneOnce(() -> api.submit(session, "team", Setup.OTHER_TEAM));
        isDoneOnce(() -> api.act(session, "steps/notes/skip"));
        isDoneOnce(() -> api.act(session, "dismiss"));
        isDoneOnce(() -> api.act(session, "reopen"));
        isDoneOnce(() -> api.act(session, "claim").field("user_id", "cl"));
        isDoneOnce(() -> api.act(session, "restart"));
        isDoneOnce(() -> api.act(api.startedIn("tour"), "complete"));
        isDoneOnce(() -> api.complete().inSession(api.startedIn("tour")));
        isDoneOnce(() -> api.cleanup().query("hours", 87600));
    }

    /** @param request makes the same request each time; what it needs is made by the first */
    private void isDoneOnce(Supplier<Api.Request> request) {
        nobodyHasUsedTheKey();
        Api.Request sent = request.get().keyed(key);
        Reply first = sent.ok();
        List<String> books = books();
        Reply again = sent.ok();
        assertThat(books()).isEqualTo(books);
        isReplayOf(first, again);
    }

    private static void isReplayOf(Reply first, Reply again) {
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.bytes()).isEqualTo(first.bytes());
        for (String header : List.of("Content-Type", "Set-Cookie", "ETag", "Cache-Control")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    }

    private List<String> books() {
        return site.database()
                .query(
                        "SELECT (SELECT count(*) FROM onboarding_sessions), (SELECT count(*) FROM onboarding_events),"
                                + " (SELECT sum(revision) FROM onboarding_sessions),"
                                + " (SELECT count(*) FROM onboarding_kblocks), (SELECT count(*) FROM onboarding_idempotency_records)");
    }

    @Test
    void isAnsweredAsItWasAlsoWhenOthersWentOnMeanwhile() {
        String session = Setup.begun(api);
        Api.Request skip = api.act(session, "steps/notes/skip").keyed(key);
        Reply first = skip.ok();
        api.submit(session, "notes", Setup.NOTES).ok();
        api.act(session, "restart").ok();
        isReplayOf(first, skip.ok());
        assertThat(api.session(session).ok().text("/steps/3/answer")).isEqualTo("We begin in May.");
    }

    @Test
    void isAnsweredAsItWasWithTheTagThatItHadThen() {
        String session = Setup.begun(api);
        Api.Request submit =
                api.submit(session, "team", Setup.OTHER_TEAM).ifMatch("\"3\"").keyed(key);
        Reply first = submit.ok();
        isReplayOf(first, submit.ok());
        api.submit(session, "team", Setup.TEAM).ok();
        isReplayOf(first, submit.ok());
    }

    @Test
    void whatChangedNothingIsAnsweredTheSameToo() {
        String session = Setup.begun(api);
        Api.Request same = api.submit(session, "team", Setup.TEAM).keyed(key);
        Reply first = same.ok();
        api.submit(session, "team", Setup.OTHER_TEAM).ok();
        isReplayOf(first, same.ok());
        assertThat(api.session(session).ok().text("/steps/0/answer/name")).isEqualTo("Grace's");
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        String session = Setup.begun(api);
        api.submit(session, "notes", Setup.NOTES).keyed(key).ok();
        for (Api.Request other : List.of(
                api.submit(session, "notes", Setup.MOTTO),
                api.submit(session, "notes", " " + Setup.NOTES),
                api.submit(session, "motto", Setup.NOTES),
                api.submit(session, "notes", Setup.NOTES).query("flow", "genesis"))) {
            assertThat(other.keyed(key).refused(422, "idempotency_key_reused").text("detail"))
                    .contains("new key for each request");
        }
        api.start().keyed(key).ok();
        api.start().field("flow", "tour").keyed(key).refused(422, "idempotency_key_reused");
    }

    @Test
    void theSameKeyAtAnotherAddressIsAnotherRequest() {
        String session = Setup.begun(api);
        api.act(session, "steps/notes/skip").keyed(key).ok();
        assertThat(api.act(session, "dismiss").keyed(key).ok().text("state")).isEqualTo("dismissed");
    }

    @Test
    void aRefusalIsNotKeptSoThatWhatIsMendedWorks() {
        String session = Setup.begun(api);
        api.submit(session, "notes", "7").keyed(key).refused(422, "invalid_answer");
        api.act(session, "complete").keyed(key).refused(409, "steps_missing");
        api.submit(session, "notes", Setup.NOTES).ifMatch("\"1\"").keyed(key).refused(412, "stale_revision");
        Reply mended = api.submit(session, "notes", Setup.NOTES).keyed(key).ok();
        assertThat(mended.header("Idempotency-Replayed")).isEmpty();
        Setup.finish(api, session);
        api.act(session, "complete").keyed(key).ok();
    }

    @Test
    void aKeyBelongsToItsSession() {
        String mine = Setup.begun(api);
        String theirs = Setup.begun(api);
        api.act(mine, "dismiss").keyed("one").ok();
        Reply reply = api.act(theirs, "dismiss").keyed("one").ok();
        assertThat(reply.text("session_id")).isEqualTo(theirs);
        assertThat(reply.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void aKeyBelongsToItsUser() {
        String mine = api.start().field("user_id", "k1").keyed("one").ok().text("session_id");
        Reply reply = api.start().field("user_id", "k2").keyed("one").ok();
        assertThat(reply.text("session_id")).isNotEqualTo(mine);
        assertThat(reply.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void aKeyBelongsToTheOperatorOrToTheVisitor() {
        String session = Setup.begun(api);
        Api.Request dismiss = api.act(session, "dismiss").keyed("one");
        dismiss.ok();
        assertThat(dismiss.operator().ok().header("Idempotency-Replayed")).isEmpty();
        assertThat(dismiss.ok().header("Idempotency-Replayed")).isPresent();
    }

    @Test
    void whoNamesNobodyNeedsAKeyThatNobodyGuesses() {
        for (String guessed : List.of(
                "1",
                "retry-1",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "8e03978e40d543ddbc936894a57f9324")) {
            for (Api.Request request : List.of(api.start(), api.declaration("Mine."), api.complete())) {
                assertThat(request.keyed(guessed).refusedFor("Idempotency-Key").text("detail"))
                        .contains("UUID");
            }
        }
        api.start().keyed("\"" + UUID.randomUUID() + "\"").ok();
        api.start().operator().keyed("retry-of-the-operator").ok();
    }

    @Test
    void whatMovesTheCookieIsDoneOnceAlsoWhereTheCookieHasMoved() {
        String session = api.started();
        Reply restarted = current("restart", session).keyed(key).ok();
        String begun = restarted.cookie().orElseThrow();
        assertThat(begun).isNotEqualTo(session);
        isReplayOf(restarted, current("restart", begun).keyed(key).ok());
        assertThat(api.session(begun).ok().text("state")).isEqualTo("open");

        nobodyHasUsedTheKey();
        String mine = api.startedBy("moved");
        Reply claimed = claim(begun).keyed(key).ok();
        assertThat(claimed.text("outcome")).isEqualTo("kept_target");
        assertThat(claimed.cookie()).contains(mine);
        isReplayOf(claimed, claim(mine).keyed(key).ok());
    }

    @Test
    void whatMovesTheCookieNeedsAKeyThatNobodyGuesses() {
        String session = api.started();
        current("restart", session).keyed("1").refusedFor("Idempotency-Key");
        claim(session).keyed("1").refusedFor("Idempotency-Key");
        current("dismiss", session).keyed("1").ok();
        api.act("current", "restart").inSession(session).keyed("1").ok();
    }

    private Api.Request current(String what, String cookie) {
        return api.act("current", what).cookie(cookie);
    }

    private Api.Request claim(String cookie) {
        return current("claim", cookie).field("user_id", "moved").field("policy", "keep_target");
    }

    @Test
    void aKeyMayStandInQuotes() {
        Reply first = api.start().keyed("\"" + key + "\"").ok();
        isReplayOf(first, api.start().keyed(key).ok());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "two words", "\"open", "open\"", "a\"b", "\"two words\""})
    void whatIsNoKeyIsRefusedByItsName(String text) {
        String session = Setup.begun(api);
        api.act(session, "dismiss").keyed(text).refusedFor("Idempotency-Key");
        assertThat(api.session(session).ok().text("state")).isEqualTo("open");
    }

    @Test
    void aKeyIsOneTextOf255CharactersAtMost() {
        String session = Setup.begun(api);
        api.act(session, "dismiss").keyed("k".repeat(255)).ok();
        api.act(session, "reopen").keyed("k".repeat(256)).refusedFor("Idempotency-Key");
        api.act(session, "reopen").keyed("one").keyed("two").refusedFor("Idempotency-Key");
    }

    @Test
    void whatWasAnsweredGoesWithItsSessionThatIsCleanedAway() {
        Api.Request start = api.start().keyed(key);
        Reply first = start.ok();
        site.database().execute("UPDATE onboarding_sessions SET created_at = '2020-01-01 00:00:00.000000'");
        api.cleanup().ok();
        assertThat(site.database()
                        .query("SELECT id FROM onboarding_idempotency_records WHERE session_id = '"
                                + first.text("session_id") + "'"))
                .isEmpty();
        Reply again = start.ok();
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.text("session_id")).isNotEqualTo(first.text("session_id"));
    }
}
