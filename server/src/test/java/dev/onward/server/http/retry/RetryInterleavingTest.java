package dev.onward.server.http.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.http.testing.ApiClient;
import dev.onward.server.http.testing.ApiResponse;
import dev.onward.server.http.testing.HttpTest;
import dev.onward.server.http.testing.InterceptedStore;
import dev.onward.server.http.testing.SetupFlow;
import dev.onward.server.http.testing.TestServer;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Events between the steps of a retried request. */
@OnEachDatabase
class RetryInterleavingTest extends HttpTest {
    /** What to run before the n-th call of the store. */
    private final AtomicReference<Map<Integer, Runnable>> between = new AtomicReference<>(Map.of());

    private final AtomicInteger requests = new AtomicInteger();
    private final String key = UUID.randomUUID().toString();

    @Override
    public TestServer server(DatabaseKind kind) {
        return TestServer.withStore(kind, real -> new InterceptedStore(real, this::ask));
    }

    private boolean ask() {
        Optional.ofNullable(between.get().get(requests.incrementAndGet())).ifPresent(Runnable::run);
        return true;
    }

    private void before(int number, Runnable what) {
        between.set(Map.of(number, what));
        requests.set(0);
    }

    @Test
    void aConflictWithTheSameRequestGetsItsResponse() {
        List<Supplier<ApiClient.ApiRequest>> requests = List.of(
                startWithPlan(session -> api.action(session, "restart")),
                startWithPlan(session -> api.action(session, "dismiss").ifMatch("\"3\"")),
                startWithPlan(
                        session -> api.submit(session, "motto", SetupFlow.MOTTO).ifMatch("\"3\"")),
                startWithPlan(session -> api.action(session, "claim")
                        .field("user_id", session)
                        .field("policy", "fail")
                        .ifMatch("\"3\"")));
        for (Supplier<ApiClient.ApiRequest> request : requests) {
            AtomicReference<byte[]> retry = new AtomicReference<>(new byte[0]);
            before(2, () -> retry.set(request.get().idempotencyKey(key).ok().bytes()));
            ApiResponse reply = request.get().idempotencyKey(key).ok();
            assertThat(reply.header("Idempotency-Replayed")).contains("true");
            assertThat(reply.bytes()).isEqualTo(retry.get());
        }
    }

    private Supplier<ApiClient.ApiRequest> startWithPlan(Function<String, ApiClient.ApiRequest> request) {
        String session = SetupFlow.startWithPlan(api);
        return () -> request.apply(session);
    }

    @Test
    void aConflictWithAnotherRequestIsAnError() {
        String session = SetupFlow.startWithPlan(api);
        before(2, () -> api.action(session, "restart").ok());
        api.action(session, "restart").idempotencyKey(key).expectProblem(409, "superseded");
    }

    @Test
    void storesNothingForASessionThatIsDeletedAtThatMoment() {
        String session = SetupFlow.startWithPlan(api);
        before(3, () -> delete(session));
        api.submit(session, "team", SetupFlow.TEAM).idempotencyKey(key).expectProblem(404, "session_not_found");
        assertThat(server.database()
                        .query("SELECT id FROM onboarding_idempotency_records WHERE session_id = '" + session + "'"))
                .isEmpty();
    }

    @Test
    void resumingASessionThatIsDeletedAtThatMomentStartsANewOne() {
        String session = api.startSessionOf("res");
        before(3, () -> delete(session));
        ApiResponse reply = api.start()
                .field("user_id", "res")
                .field("resume", true)
                .idempotencyKey(key)
                .ok();
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.text("session_id")).isNotEqualTo(session);
    }

    private void delete(String session) {
        server.database().execute("DELETE FROM onboarding_sessions WHERE id = '" + session + "'");
    }
}
