package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
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
 * This node beside one of a newer version. That one has published a {@code genesis} that this one cannot read, and
 * sessions use it.
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
    public TestServer server(DatabaseKind kind) {
        TestServer server = TestServer.local(kind);
        ApiClient api = server.api();
        user = "user-" + UUID.randomUUID();
        before = api.startSessionOf(user);
        kblock = api.declaration(DECLARATION).inSession(api.startSession()).ok().text("kblock_id");
        publish(server);
        newer = UUID.randomUUID().toString();
        server.database()
                .execute("INSERT INTO onboarding_sessions (id, current_step, completed, flow, flow_version, revision,"
                        + " started_recorded, created_at, updated_at) SELECT '" + newer
                        + "', 'started', false, 'genesis', 2, 1, true, created_at, updated_at"
                        + " FROM onboarding_sessions WHERE id = '" + before + "'");
        // Every node follows a release within a second.
        server.clock().advance(Duration.ofSeconds(2));
        return server;
    }

    private static void publish(TestServer server) {
        server.database()
                .execute("INSERT INTO onboarding_flow_versions (flow, version, definition, hash, published_at)"
                        + " SELECT flow, 2, '" + NEWER + "', '" + hash() + "', published_at"
                        + " FROM onboarding_flow_versions WHERE flow = 'genesis' AND version = 1");
        server.database().execute("UPDATE onboarding_flows SET current_version = 2 WHERE flow = 'genesis'");
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
    void rejectsOnlyRequestsThatNeedTheNewerFlow() {
        api.start().expectProblem(503, "flow_not_loaded");
        api.start().field("flow", "genesis").expectProblem(503, "flow_not_loaded");
        api.declaration(DECLARATION).expectProblem(503, "flow_not_loaded");
        api.complete().expectProblem(503, "flow_not_loaded");
        api.session(newer).expectProblem(503, "flow_not_loaded");
        api.submit(newer, "first_declaration", "{}").expectProblem(503, "flow_not_loaded");
        String old = api.startSessionIn(SetupFlow.FLOW);
        api.session(old).ok();
    }

    @Test
    void otherFlowsCanBeCompleted() {
        String cookie = "onward_setup=" + api.startSessionIn(SetupFlow.FLOW);
        String session = cookie.replace("onward_setup=", "");
        api.session(session).ok();
        api.session("current")
                .query("flow", SetupFlow.FLOW)
                .header("Cookie", cookie)
                .ok();
        api.status().inSession(session).ok();
        api.status().query("session_id", session).ok();
        api.status().query("flow", SetupFlow.FLOW).header("Cookie", cookie).ok();
        SetupFlow.begin(api, session);
        api.action(session, "dismiss").ok();
        api.action(session, "reopen").ok();
        api.events(session).ok();
        SetupFlow.finish(api, session);
        String again = api.action(session, "restart").ok().text("session_id");
        api.action(again, "claim").field("user_id", "claims-" + user).ok();
        api.complete().inSession(api.startSessionIn("tour")).ok();
        api.start()
                .field("flow", SetupFlow.FLOW)
                .field("user_id", "claims-" + user)
                .field("resume", true)
                .ok();
        api.status()
                .query("user_id", "claims-" + user)
                .query("flow", SetupFlow.FLOW)
                .ok();
    }

    @Test
    void sessionsOnAReadableVersionContinue() {
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
    void aCookieOfTheNewerFlowStillNamesItsSession() {
        api.complete().header("Cookie", "onward_genesis=" + newer).expectProblem(503, "flow_not_loaded");
        api.status().header("Cookie", "onward_genesis=" + newer).expectProblem(503, "flow_not_loaded");
        assertThat(api.events("current")
                        .header("Cookie", "onward_genesis=" + newer)
                        .ok()
                        .at("events"))
                .isEmpty();
    }

    @Test
    void endpointsWithoutAFlowWork() {
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
    void stillNamesAnUnknownFlow() {
        api.start().field("flow", "nowhere").expectInvalidField("flow");
        api.session("current").query("flow", "nowhere").expectInvalidField("flow");
        api.status().query("user_id", user).query("flow", "nowhere").expectInvalidField("flow");
    }

    /** A restarted node of this version does not replace the newer flow. */
    @Test
    void aNodeOfThisVersionStartsBesideTheNewerOne() {
        TestServer started = server.secondServer();
        try {
            assertThat(server.database().query("SELECT current_version FROM onboarding_flows WHERE flow = 'genesis'"))
                    .containsExactly("2");
            assertThat(started.api().start().field("flow", SetupFlow.FLOW).ok().text("session_id"))
                    .isNotEmpty();
        } finally {
            started.stop();
        }
    }
}
