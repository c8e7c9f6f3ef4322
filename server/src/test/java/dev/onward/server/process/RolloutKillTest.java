package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** SIGKILL during a rollout: every session moves once, and no answer is lost. */
@OnEachDatabase
@Order(1)
class RolloutKillTest {
    /** The number of sessions for each policy. */
    private static final int SESSIONS = 1_000;

    private static final int AT_ONCE = 16;

    private static final boolean LONG = Boolean.getBoolean("onward.long");

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * Each policy has its own flow: how to tell that a session was moved, its state then, and the place of its answer.
     */
    private enum Policy {
        MIGRATE("step_map: {name: called}\n", "migrated", "2|called|3||", "called"),
        RESTART("", "superseded", "1|name|3||superseded", "name"),
        EXIT("", "exited", "1|name|3|dismissed|", "name");

        private final String map;
        private final String event;
        private final String moved;
        private final String step;

        Policy(String map, String event, String moved, String step) {
            this.map = map;
            this.event = event;
            this.moved = moved;
            this.step = step;
        }

        String flow() {
            return name().toLowerCase(Locale.ROOT);
        }

        FlowDefinition first() {
            return definition("", "name");
        }

        FlowDefinition next() {
            return definition("in_flight: " + flow() + "\n" + map, "called");
        }

        private FlowDefinition definition(String lines, String step) {
            return FlowDefinition.of("flow.yaml", """
                    flow: %s
                    title: Flow
                    %ssteps:
                      - {id: %s, title: Name, input: {type: string}}
                      - {id: last, title: Last}
                    """.formatted(flow(), lines, step));
        }
    }

    private final DatabaseKind kind;

    RolloutKillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void everySessionMovesOnceAndKeepsItsAnswersHoweverOftenServersAreKilled() throws Exception {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            Publisher publisher =
                    new Publisher(database.database().flows(), InstantSource.system(), IdGenerator.random());
            Map<Policy, List<String>> answers = new EnumMap<>(Policy.class);
            for (Policy policy : Policy.values()) {
                publisher.publish(policy.first(), PublishMode.PUBLISH, PublishOrigin.API);
                answers.put(policy, sessions(database, policy));
            }
            for (Policy policy : Policy.values()) {
                publisher.publish(policy.next(), PublishMode.PUBLISH, PublishOrigin.API);
            }
            List<String> killed = new ArrayList<>();
            for (Policy policy : killedDuring(kind)) {
                // One after the other.
                workUntil(database, List.of(Policy.values()).indexOf(policy) * SESSIONS + SESSIONS / 3);
                killed.add(policy + " " + moved(database, policy));
            }
            assertThat(killed).as("the test met the case under test").anyMatch(one -> !one.endsWith(" " + SESSIONS));

            workUntil(database, Policy.values().length * SESSIONS);

            for (Policy policy : Policy.values()) {
                holdMovedOnce(database, policy);
                assertThat(database.query("SELECT answers FROM onboarding_sessions WHERE flow = '" + policy.flow()
                                + "' AND revision > 1"))
                        .containsExactlyInAnyOrderElementsOf(answers.get(policy));
            }
        }
    }

    /** The policies under which servers are killed: all in a long run, otherwise one, chosen by a seed. */
    private static List<Policy> killedDuring(DatabaseKind kind) {
        List<Policy> all = List.of(Policy.values());
        if (LONG) {
            return all;
        }
        long seed = Long.getLong("onward.rollout.seed", System.nanoTime());
        System.out.println("rollout under kills on " + kind + ": -Donward.rollout.seed=" + seed);
        return List.of(all.get(new Random(seed).nextInt(all.size())));
    }

    private static void holdMovedOnce(TestDatabase database, Policy policy) {
        String ofFlow = " WHERE flow = '" + policy.flow() + "'";
        assertThat(database.query("SELECT count(*), count(DISTINCT session_id) FROM onboarding_events" + ofFlow
                        + " AND type = '" + policy.event + "'"))
                .containsExactly(SESSIONS + "|" + SESSIONS);
        assertThat(database.query("SELECT moved FROM onboarding_releases" + ofFlow + " AND version = 2"))
                .containsExactly(Integer.toString(SESSIONS));
        assertThat(database.query("SELECT DISTINCT flow_version, current_step, revision,"
                        + " CASE WHEN dismissed_at IS NULL THEN '' ELSE 'dismissed' END,"
                        + " CASE WHEN superseded_by IS NULL THEN '' ELSE 'superseded' END"
                        + " FROM onboarding_sessions" + ofFlow + " AND revision > 1"))
                .containsExactly(policy.moved);
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions" + ofFlow + " AND revision = 1"))
                .as("those that stand in the place of others")
                .containsExactly(Integer.toString(policy == Policy.RESTART ? SESSIONS : 0));
    }

    /** Lets servers work until this many sessions are moved, then kills them. */
    private void workUntil(TestDatabase database, int moved) {
        List<ServerProcess> nodes = new ArrayList<>();
        try {
            nodes.add(ServerProcess.start(database.jdbcUrl()));
            if (kind == DatabaseKind.POSTGRESQL) {
                nodes.add(ServerProcess.start(database.jdbcUrl()));
            }
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> Arrays.stream(Policy.values())
                                    .mapToInt(policy -> moved(database, policy))
                                    .sum()
                            >= moved);
        } finally {
            nodes.forEach(ServerProcess::kill);
        }
    }

    private static int moved(TestDatabase database, Policy policy) {
        return Integer.parseInt(
                database.query("SELECT count(*) FROM onboarding_events WHERE type = '" + policy.event + "'")
                        .getFirst());
    }

    /** Creates sessions with different answers, and returns how each must be after the rollout. */
    private static List<String> sessions(TestDatabase database, Policy policy) throws Exception {
        PublishedFlowCatalog flows =
                new PublishedFlowCatalog(database.database().flows(), System::nanoTime, _ -> {});
        SessionService sessions =
                new SessionService(flows, database.database().sessions(), InstantSource.system(), IdGenerator.random());
        try (ExecutorService users = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = users.invokeAll(IntStream.range(0, SESSIONS)
                    .<Callable<String>>mapToObj(i -> () -> {
                        String id = sessions.start(StartRequest.of(policy.flow()))
                                .onboarding()
                                .session()
                                .id();
                        sessions.submit(id, "name", "person " + i, WriteConditions.none());
                        return "{\"" + policy.step + "\":{\"answer\":\"person " + i + "\"}}";
                    })
                    .toList());
            return answers.stream().map(Future::resultNow).toList();
        }
    }
}
