package dev.onward.server.http.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.BusyReason;
import dev.onward.model.OnboardingException.OutcomeUnknown;
import dev.onward.model.OnboardingException.StoreBusy;
import dev.onward.model.OnboardingException.StoreFailed;
import dev.onward.model.OnboardingException.StoreFull;
import dev.onward.model.OnboardingException.StoreUnavailable;
import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.CapturedLog;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.InterceptedStore;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a client learns about internal failures, and what it does not. */
@OnOneDatabase
@Isolated
class UnexpectedErrorTest extends HttpTest {
    private static final InterceptedStore.Interceptor WELL = () -> true;
    private final SQLException cause =
            new SQLException("duplicate key value: Key (id)=(secret-session) already exists", "23505");

    private final AtomicReference<InterceptedStore.Interceptor> store = new AtomicReference<>(WELL);
    private CapturedLog log;

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.withStore(
                kind, real -> new InterceptedStore(real, () -> store.get().letsWrite()));
    }

    @BeforeEach
    void listen() {
        log = new CapturedLog();
    }

    @AfterEach
    void repairDatabase() {
        store.set(WELL);
        log.close();
    }

    @Test
    void anUnresponsiveDatabaseIs503AndRetryable() {
        String session = api.startSession();
        fails(new StoreUnavailable(cause));
        for (ApiClient.ApiRequest request : List.of(
                api.start(),
                api.status(),
                api.status().inSession(session),
                api.declaration("A thing to keep.").inSession(session),
                api.complete().inSession(session),
                api.sessions(),
                api.get("/api/kblocks/some").operator(),
                api.get("/api/users/ada/profile").operator())) {
            ApiResponse reply = request.expectProblem(503, "database_unavailable");
            assertThat(reply.header("Retry-After")).isPresent();
            assertThat(reply.body()).doesNotContain("secret-session", "23505");
        }
        api.get("/health/live").ok();
        store.set(WELL);
        api.status().inSession(session).ok();
    }

    @Test
    void anOverloadedDatabaseIsBusyNotUnavailable() {
        Map<BusyReason, String> details = Map.of(
                BusyReason.LOCKED, "The database is locked or overloaded",
                BusyReason.CONNECTIONS_IN_USE, "All database connections are in use",
                BusyReason.QUEUE_FULL, "Too many calls are waiting");
        for (BusyReason reason : BusyReason.values()) {
            fails(new StoreBusy(reason, cause));
            ApiResponse reply = api.start().expectProblem(503, "busy");
            assertThat(reply.header("Retry-After")).isPresent();
            assertThat(reply.text("detail")).startsWith(details.get(reason)).contains("Nothing was changed");
            assertThat(reply.body()).doesNotContain("secret-session", "23505");
        }
    }

    @Test
    void anUnknownOutcomeIsReportedAndIsNoConflict() {
        fails(new OutcomeUnknown(cause));
        ApiResponse reply = api.start().expectProblem(503, "outcome_unknown");
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.text("detail")).contains("Read the session before you retry");
    }

    @Test
    void aFullDatabaseIs507() {
        fails(new StoreFull(cause));
        assertThat(api.start().expectProblem(507, "database_full").text("detail"))
                .contains("Nothing was changed");
    }

    @Test
    void anUnexpectedErrorIs500AndRevealsNothing() {
        fails(new StoreFailed(cause));
        assertThat(api.start().expectProblem(500, "internal").body()).doesNotContain("secret-session", "23505");
        store.set(() -> {
            throw new IllegalStateException("secret-session in dev.onward.jdbc");
        });
        assertThat(api.start().expectProblem(500, "internal").body()).doesNotContain("secret-session");
        store.set(() -> {
            throw new StackOverflowError();
        });
        api.start().expectProblem(500, "internal");
    }

    @Test
    void theLogHasTheCauseUnderTheRequestIdOfTheClient() {
        fails(new StoreFailed(cause));
        String id = api.start().expectProblem(500, "internal").text("request_id");
        assertThat(log.text())
                .containsPattern("ERROR .*request_id=\"" + id)
                .contains("java.sql.SQLException (SQLSTATE 23505, code 0)", "\tat dev.onward.")
                .doesNotContain("secret-session");
    }

    /** An outage is one warning when it begins: {@code DatabaseConnectionLostTest}. */
    @Test
    void aRequestDuringAnOutageIsLoggedAtDebugLevelOnly() {
        fails(new StoreUnavailable(cause));
        String id = api.start().expectProblem(503, "database_unavailable").text("request_id");
        assertThat(log.text())
                .containsPattern("DEBUG .*database_unavailable.*23505.*request_id=\"" + id)
                .doesNotContain("\tat ", "secret-session");
    }

    @Test
    void aSessionThatOthersKeepChangingIsAConflictThatShowsIt() {
        String session = api.startSession();
        store.set(() -> false);
        ApiResponse reply = api.complete().inSession(session).expectProblem(409, "changed_meanwhile");
        assertThat(reply.text("/session/session_id")).isEqualTo(session);
    }

    private void fails(OnboardingException reason) {
        store.set(() -> {
            throw reason;
        });
    }
}
