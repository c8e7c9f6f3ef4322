package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.RetryingClient;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** SIGKILL at random moments, with clients that retry under the same key: each request is done exactly once. */
@OnEachDatabase
class RetriesThroughKillTest {
    private static final int ROUNDS =
            Integer.getInteger("onward.retries.rounds", Boolean.getBoolean("onward.long") ? 8 : 1);
    private static final int AT_ONCE = 8;
    private static final int MAX_ANSWERS = Boolean.getBoolean("onward.long") ? 200 : 100;
    private static final int REPEATED = 20;

    private static final String START = "/api/onboarding/start";
    private static final String SESSIONS = "/api/onboarding/sessions/";

    /** For each user: what was done twice, or not at all. */
    private static final String NOT_ONCE = """
            SELECT * FROM (
                SELECT user_id, count(*) AS sessions, sum(revision) AS revisions, count(superseded_by) AS superseded,
                    (SELECT count(*) FROM onboarding_events e WHERE e.user_id = s.user_id) AS events,
                    (SELECT count(*) FROM onboarding_kblocks k WHERE k.user_id = s.user_id) AS kblocks,
                    (SELECT count(*) FROM onboarding_idempotency_records r JOIN onboarding_sessions o ON o.id = r.session_id
                        WHERE o.user_id = s.user_id) AS records
                FROM onboarding_sessions s GROUP BY user_id
            ) told
            WHERE sessions <> 2 OR revisions <> 3 + 2 OR superseded <> 1 OR events <> 4 + 2 OR kblocks <> 1
                OR records <> 4
            """;

    private final DatabaseKind kind;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger users = new AtomicInteger();

    RetriesThroughKillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void aRetryUnderItsKeyIsDoneOnceHoweverOftenTheServerIsKilled() throws Exception {
        long seed = Long.getLong("onward.retries.seed", System.nanoTime());
        System.out.println("retries through kills on " + kind + ": -Donward.retries.seed=" + seed);
        Random random = new Random(seed);
        try (TestDatabase database = TestDatabase.migrated(kind);
                RetryingClient client = new RetryingClient();
                ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> walking = new ArrayList<>();
            ServerProcess server = ServerProcess.start(database.jdbcUrl());
            try {
                client.connectTo(server);
                for (int i = 0; i < AT_ONCE; i++) {
                    walking.add(lines.submit(() -> line(client)));
                }
                for (int round = 1; round <= ROUNDS; round++) {
                    client.awaitAnswers(1 + random.nextInt(MAX_ANSWERS));
                    client.disconnect();
                    server.kill();
                    server = ServerProcess.start(database.jdbcUrl());
                    client.connectTo(server);
                    assertSameResponse(client, random);
                }
                enough.set(true);
                for (Future<?> line : walking) {
                    line.get();
                }
            } finally {
                enough.set(true);
                server.close();
            }
            assertThat(database.query(NOT_ONCE))
                    .as("requests that did not run exactly once")
                    .isEmpty();
            assertThat(database.query("SELECT DISTINCT user_id FROM onboarding_sessions"))
                    .hasSize(users.get());
            assertThat(client.retries()).as("the test met the case under test").isPositive();
        }
    }

    private void line(RetryingClient client) {
        while (!enough.get()) {
            walk(client, "user-" + users.incrementAndGet());
        }
    }

    /** Sends each request until it is answered. */
    private static void walk(RetryingClient client, String name) {
        String session = client.post(START, Map.of("user_id", name)).text("session_id");
        Map<String, String> declaration = Map.of("declaration", "I am " + name + ".");
        client.post(SESSIONS + session + "/steps/first_declaration", declaration, "If-Match", "\"1\"");
        String next = client.post(SESSIONS + session + "/restart", Map.of()).text("session_id");
        client.post("/api/onboarding/complete", Map.of("session_id", next));
    }

    /** The last requests that were answered before the kill, and some others. */
    private static void assertSameResponse(RetryingClient client, Random random) {
        List<RetryingClient.Exchange> replies = client.exchanges();
        replies.subList(Math.max(0, replies.size() - REPEATED), replies.size()).forEach(client::assertSameResponse);
        for (int i = 0; i < REPEATED; i++) {
            client.assertSameResponse(replies.get(random.nextInt(replies.size())));
        }
    }
}
