package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * This node beside one of a newer version on the same database: that one has published a {@code genesis} which this one
 * cannot read, and people are on their way in it.
 */
@OnEachDatabase
class RollingUpgradeTest extends HttpTest {
    private static final String NEWER = "{\"flow\":\"genesis\",\"title\":\"Newer\",\"key_of_a_newer_version\":true,"
            + "\"steps\":[{\"id\":\"first_declaration\",\"title\":\"Declare\"}]}";
    private static final String DECLARATION = "What is made with care outlives its tools.";

    private String before = "";
    private String user = "";
    private String kblock = "";
    private String newer = "";

    @Override
    Site site(DatabaseKind kind) {
        Site site = Site.local(kind);
        Api api = site.api();
        user = "user-" + UUID.randomUUID();
        before = api.startedBy(user);
        kblock = api.declaration(DECLARATION).inSession(api.started()).ok().text("kblock_id");
        publish(site);
        newer = UUID.randomUUID().toString();
        site.database()
                .execute("INSERT INTO onboarding_sessions (id, current_step, completed, flow, flow_version, revision,"
                        + " started_recorded, created_at, updated_at) SELECT '" + newer
                        + "', 'started', false, 'genesis', 2, 1, true, created_at, updated_at"
                        + " FROM onboarding_sessions WHERE id = '" + before + "'");
        // Every node follows a release within a second.
        site.clock().advance(Duration.ofSeconds(2));
        return site;
    }

    private static void publish(Site site) {
        site.database()
                .execute("INSERT INTO onboarding_flow_versions (flow, version, definition, hash, published_at)"
                        + " SELECT flow, 2, '" + NEWER + "', '" + hash() + "', published_at"
                        + " FROM onboarding_flow_versions WHERE flow = 'genesis' AND version = 1");
        site.database().execute("UPDATE onboarding_flows SET current_version = 2 WHERE flow = 'genesis'");
    }

    private static String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(NEWER.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyWhatNeedsTheNewerFlowIsRefused() {
        api.start().refused(503, "flow_not_loaded");
        api.start().field("flow", "genesis").refused(503, "flow_not_loaded");
        api.declaration(DECLARATION).refused(503, "flow_not_loaded");
        api.complete().refused(503, "flow_not_loaded");
        api.session(newer).refused(503, "flow_not_loaded");
        api.submit(newer, "first_declaration", "{}").refused(503, "flow_not_loaded");
        String old = api.startedIn(Setup.FLOW);
        api.session(old).ok();
    }

    @Test
    void otherFlowsAreWalkedToTheirEnd() {
        String cookie = "onward_setup=" + api.startedIn(Setup.FLOW);
        String session = cookie.replace("onward_setup=", "");
        api.session(session).ok();
        api.session("current")
                .query("flow", Setup.FLOW)
                .header("Cookie", cookie)
                .ok();
        api.status().inSession(session).ok();
        api.status().query("session_id", session).ok();
        api.status().query("flow", Setup.FLOW).header("Cookie", cookie).ok();
        Setup.begin(api, session);
        api.act(session, "dismiss").ok();
        api.act(session, "reopen").ok();
        api.events(session).ok();
        Setup.finish(api, session);
        String again = api.act(session, "restart").ok().text("session_id");
        api.act(again, "claim").field("user_id", "claims-" + user).ok();
        api.complete().inSession(api.startedIn("tour")).ok();
        api.start()
                .field("flow", Setup.FLOW)
                .field("user_id", "claims-" + user)
                .field("resume", true)
                .ok();
        api.status()
                .query("user_id", "claims-" + user)
                .query("flow", Setup.FLOW)
                .ok();
    }

    @Test
    void sessionsOnAVersionThatThisNodeReadsGoOn() {
        String cookie = "onward_genesis=" + before;
        assertThat(api.session("current").header("Cookie", cookie).ok().text("session_id"))
                .isEqualTo(before);
        api.status().header("Cookie", cookie).ok();
        api.status().query("user_id", user).ok();
        assertThat(api.start().field("user_id", user).field("resume", true).ok().text("session_id"))
                .isEqualTo(before);
        api.declaration(DECLARATION).header("Cookie", cookie).ok();
        api.complete().header("Cookie", cookie).ok();
        assertThat(api.session(before).ok().text("state")).isEqualTo("completed");
    }

    @Test
    void aCookieOfTheNewerFlowNamesItsSessionAllTheSame() {
        api.complete().header("Cookie", "onward_genesis=" + newer).refused(503, "flow_not_loaded");
        api.status().header("Cookie", "onward_genesis=" + newer).refused(503, "flow_not_loaded");
        assertThat(api.events("current")
                        .header("Cookie", "onward_genesis=" + newer)
                        .ok()
                        .at("events"))
                .isEmpty();
    }

    @Test
    void whatIsAboutNoFlowWorks() {
        api.status().ok();
        api.get("/api/kblocks/" + kblock).operator().ok();
        api.get("/api/users/" + user + "/profile").operator().ok();
        api.sessions().ok();
        api.cleanup().query("hours", 87600).ok();
        api.get("/api/onboarding/analytics").operator().ok();
        assertThat(api.get("/api/onboarding/flows").ok().body())
                .contains("setup")
                .doesNotContain("genesis");
        api.get("/health/ready").ok();
    }

    @Test
    void aFlowThatIsNotThereIsStillNamed() {
        api.start().field("flow", "nowhere").refusedFor("flow");
        api.session("current").query("flow", "nowhere").refusedFor("flow");
        api.status().query("user_id", user).query("flow", "nowhere").refusedFor("flow");
    }

    /** A node of this version that is started again does not take the newer flow back. */
    @Test
    void aNodeOfThisVersionStartsBesideTheNewerOne() {
        Site started = site.neighbour();
        try {
            assertThat(site.database().query("SELECT current_version FROM onboarding_flows WHERE flow = 'genesis'"))
                    .containsExactly("2");
            assertThat(started.api().start().field("flow", Setup.FLOW).ok().text("session_id"))
                    .isNotEmpty();
        } finally {
            started.stop();
        }
    }
}
