package dev.onward.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What happens between the steps of a request that may come again. */
@OnEachDatabase
class RetryInBetweenTest extends HttpTest {
    /** What happens before the store is asked for the so-manieth time. */
    private final AtomicReference<Map<Integer, Runnable>> between = new AtomicReference<>(Map.of());

    private final AtomicInteger asked = new AtomicInteger();
    private final String key = UUID.randomUUID().toString();

    @Override
    Site site(DatabaseKind kind) {
        return Site.behind(kind, real -> new StoreUnderTest(real, this::ask));
    }

    private boolean ask() {
        Optional.ofNullable(between.get().get(asked.incrementAndGet())).ifPresent(Runnable::run);
        return true;
    }

    private void before(int number, Runnable what) {
        between.set(Map.of(number, what));
        asked.set(0);
    }

    @Test
    void whoIsRefusedForWhatTheSameRequestHasJustDoneIsAnsweredLikeIt() {
        List<Supplier<Api.Request>> requests = List.of(
                begun(session -> api.act(session, "restart")),
                begun(session -> api.act(session, "dismiss").ifMatch("\"3\"")),
                begun(session -> api.submit(session, "motto", Setup.MOTTO).ifMatch("\"3\"")),
                begun(session -> api.act(session, "claim")
                        .field("user_id", session)
                        .field("policy", "fail")
                        .ifMatch("\"3\"")));
        for (Supplier<Api.Request> request : requests) {
            AtomicReference<byte[]> twin = new AtomicReference<>(new byte[0]);
            before(2, () -> twin.set(request.get().keyed(key).ok().bytes()));
            Reply reply = request.get().keyed(key).ok();
            assertThat(reply.header("Idempotency-Replayed")).contains("true");
            assertThat(reply.bytes()).isEqualTo(twin.get());
        }
    }

    private Supplier<Api.Request> begun(Function<String, Api.Request> request) {
        String session = Setup.begun(api);
        return () -> request.apply(session);
    }

    @Test
    void whoIsRefusedForWhatAnotherRequestHasDoneIsRefused() {
        String session = Setup.begun(api);
        before(2, () -> api.act(session, "restart").ok());
        api.act(session, "restart").keyed(key).refused(409, "superseded");
    }

    @Test
    void ofASessionThatIsCleanedAwayAtThatMomentNothingIsKept() {
        String session = Setup.begun(api);
        before(3, () -> delete(session));
        api.submit(session, "team", Setup.TEAM).keyed(key).refused(404, "session_not_found");
        assertThat(site.database()
                        .query("SELECT id FROM onboarding_idempotency_records WHERE session_id = '" + session + "'"))
                .isEmpty();
    }

    @Test
    void whoResumesWhatIsCleanedAwayAtThatMomentBeginsAnew() {
        String session = api.startedBy("res");
        before(3, () -> delete(session));
        Reply reply = api.start()
                .field("user_id", "res")
                .field("resume", true)
                .keyed(key)
                .ok();
        assertThat(reply.at("resumed").booleanValue()).isFalse();
        assertThat(reply.text("session_id")).isNotEqualTo(session);
    }

    private void delete(String session) {
        site.database().execute("DELETE FROM onboarding_sessions WHERE id = '" + session + "'");
    }
}
