package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.ConcurrentUsers;
import dev.onward.server.process.testing.DatabaseAudit;
import dev.onward.server.process.testing.LoadBalancer;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.SimulatedUser;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two nodes behind a load balancer are restarted one after the other, without a failed request. */
@Tag("postgresql")
@Isolated("On a loaded machine the load balancer notices too late that a node drains.")
class RollingRestartTest {
    private static final int RESTARTS = Boolean.getBoolean("onward.long") ? 10 : 1;
    private static final int CALLS_BETWEEN = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void failsNoRequest() throws Exception {
        ServerProcess first = ServerProcess.start(database.jdbcUrl());
        ServerProcess second = ServerProcess.start(database.jdbcUrl());
        try (LoadBalancer loadBalancer = new LoadBalancer(first.address(), second.address());
                ConcurrentUsers users = ConcurrentUsers.at(loadBalancer.address(), "rolling")) {
            for (int i = 0; i < RESTARTS; i++) {
                users.awaitAnswers(CALLS_BETWEEN);
                first = restarted(first, loadBalancer);
                users.awaitAnswers(CALLS_BETWEEN);
                second = restarted(second, loadBalancer);
            }
            users.awaitAnswers(CALLS_BETWEEN);

            // Any response that is no success fails here.
            Collection<SimulatedUser> finished = users.finish();
            assertThat(users.unanswered()).as("calls without an answer").isEmpty();
            assertThat(finished)
                    .allSatisfy(user -> assertThat(user.completedAt()).isPresent());
            new DatabaseAudit(database).assertResponsesStored(finished);
        } finally {
            first.close();
            second.close();
        }
    }

    private ServerProcess restarted(ServerProcess node, LoadBalancer loadBalancer) {
        URI address = node.address();
        node.terminate();
        node.awaitEnd();
        ServerProcess again = ServerProcess.startAt(address.getPort(), database.jdbcUrl());
        await().atMost(TIMEOUT).until(() -> loadBalancer.sendsTo(address));
        return again;
    }
}
