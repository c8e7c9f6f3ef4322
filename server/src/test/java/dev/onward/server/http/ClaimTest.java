package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.OnEachDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An anonymous session becomes a user's. */
@OnEachDatabase
class ClaimTest extends HttpTest {
    private String user = "";

    @BeforeEach
    void nobodyHasHeardOfTheUser() {
        user = "user-" + UUID.randomUUID();
    }

    @Test
    void anAnonymousSessionBecomesAUsersWithAllThatItMade() {
        String session = api.started();
        String kblock = api.declaration("Mine.").inSession(session).ok().text("kblock_id");
        Reply reply = claim(session).ok();
        assertThat(reply.text("outcome")).isEqualTo("claimed");
        assertThat(reply.at("superseded").isNull()).isTrue();
        assertThat(reply.text("/session/user_id")).isEqualTo(user);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        assertThat(reply.cookie()).contains(session);
        assertThat(api.get("/api/kblocks/" + kblock).inSession(session).ok().text("user_id"))
                .isEqualTo(user);
        assertThat(api.get("/api/users/" + user + "/profile").operator().ok().text("onboarding_completed_at"))
                .isEqualTo(Site.NOW.toString());
    }

    @Test
    void claimingOnesOwnSessionSaysThatNothingHadToBeDone() {
        String session = api.started();
        claim(session).ok();
        Reply reply = claim(session).ok();
        assertThat(reply.text("outcome")).isEqualTo("already_yours");
        assertThat(reply.at("/session/revision").intValue()).isEqualTo(2);
    }

    @Test
    void aSessionOfAnotherUserIsNotToBeHad() {
        String session = api.startedBy("somebody-else");
        conflict(claim(session), session, "claimed_by_another");
    }

    @Test
    void withoutAPolicyAnOpenSessionOfTheUserIsAConflictThatDoesNotShowIt() {
        String theirs = api.startedBy(user);
        String anonymous = api.started();
        assertThat(conflict(claim(anonymous), anonymous, "user_has_open_session")
                        .body())
                .doesNotContain(theirs);
        conflict(claim(anonymous).field("policy", "fail"), anonymous, "user_has_open_session");
        assertThat(api.session(anonymous).ok().text("state")).isEqualTo("open");
    }

    @Test
    void anOpenSessionOfAnotherFlowIsNoConflict() {
        api.startedBy(user);
        assertThat(claim(api.startedIn(Setup.FLOW)).ok().text("outcome")).isEqualTo("claimed");
    }

    @Test
    void keepTargetKeepsTheUsersOwn() {
        String theirs = theirs();
        String anonymous = Setup.begun(api);
        Reply reply = claim(anonymous).field("policy", "keep_target").ok();
        isKept(reply, "kept_target", theirs, anonymous);
        assertThat(reply.at("merged")).hasToString("[]");
        assertThat(reply.at("left")).hasToString("[\"team\",\"plan\"]");
        assertThat(api.session(theirs).ok().text("next_step")).isEqualTo("team");
    }

    @Test
    void keepFurthestKeepsWhicheverIsFurther() {
        String theirs = theirs();
        String further = Setup.begun(api);
        Reply reply = claim(further).field("policy", "keep_furthest").ok();
        isKept(reply, "kept_source", further, theirs);
        assertThat(reply.text("/session/user_id")).isEqualTo(user);
        String behind = api.startedIn(Setup.FLOW);
        isKept(claim(behind).field("policy", "keep_furthest").ok(), "kept_target", further, behind);
    }

    @Test
    void mergeAnswersGivesTheUsersOwnWhatItLacks() {
        String theirs = theirs();
        api.submit(theirs, "team", Setup.OTHER_TEAM).ok();
        String anonymous = Setup.begun(api);
        Reply reply = claim(anonymous).field("policy", "merge_answers").ok();
        isKept(reply, "merged", theirs, anonymous);
        assertThat(reply.at("merged")).hasToString("[\"plan\"]");
        assertThat(reply.at("left")).hasToString("[\"team\"]");
        assertThat(reply.text("/session/steps/0/answer/name")).isEqualTo("Grace's");
        assertThat(reply.text("/session/steps/1/answer")).isEqualTo("free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep_target", "keep_furthest", "merge_answers", "fail"})
    void whoHasCompletedStaysCompletedUnderEveryPolicy(String policy) {
        String theirs = theirs();
        api.submit(theirs, "team", Setup.OTHER_TEAM).ok();
        api.submit(theirs, "plan", Setup.FREE).ok();
        api.submit(theirs, "motto", "\"On.\"").ok();
        api.submit(theirs, "ready", "{}").ok();
        api.act(theirs, "complete").ok();
        String anonymous = Setup.begun(api);
        Reply reply = claim(anonymous).field("policy", policy).ok();
        isKept(reply, policy.equals("merge_answers") ? "merged" : "kept_target", theirs, anonymous);
        assertThat(api.status().query("user_id", user).ok().text("session_id")).isEqualTo(theirs);
        assertThat(api.status().query("user_id", user).ok().at("completed").booleanValue())
                .isTrue();
    }

    @Test
    void aClaimNamesAUserAndAPolicyThatThereIs() {
        String session = api.started();
        api.act(session, "claim").refusedFor("user_id");
        api.act(session, "claim").field("user_id", "").refusedFor("user_id");
        api.act(session, "claim").field("user_id", "x".repeat(65)).refusedFor("user_id");
        api.act(session, "claim").field("user_id", 7).refusedFor("user_id");
        api.act(session, "claim").json("[]").refusedFor("body");
        assertThat(claim(session)
                        .field("policy", "take_all")
                        .refusedFor("policy")
                        .text("detail"))
                .contains("keep_target, keep_furthest, merge_answers, fail");
        assertThat(api.session(session).ok().at("user_id").isNull()).isTrue();
    }

    private String theirs() {
        return api.start().field("flow", Setup.FLOW).field("user_id", user).ok().text("session_id");
    }

    private Api.Request claim(String session) {
        return api.act(session, "claim").field("user_id", user);
    }

    private void isKept(Reply reply, String outcome, String kept, String superseded) {
        assertThat(reply.text("outcome")).isEqualTo(outcome);
        assertThat(reply.text("superseded")).isEqualTo(superseded);
        assertThat(reply.at("session")).isEqualTo(api.session(kept).ok().json());
        assertThat(reply.text("/session/session_id")).isEqualTo(kept);
        assertThat(reply.header("ETag")).isEqualTo(api.session(kept).ok().header("ETag"));
        assertThat(reply.cookie()).contains(kept);
        assertThat(api.session(superseded).ok().text("superseded_by")).isEqualTo(kept);
    }

    private Reply conflict(Api.Request request, String session, String code) {
        Reply reply = request.refused(409, code);
        assertThat(reply.at("session")).isEqualTo(api.session(session).ok().json());
        return reply;
    }
}
