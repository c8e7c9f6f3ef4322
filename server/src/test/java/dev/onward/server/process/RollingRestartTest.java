package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes behind a balancer are restarted one after the other, and nobody notices. */
@Tag("postgresql")
class RollingRestartTest {
    private static final int RESTARTS = Boolean.getBoolean("onward.long") ? 10 : 1;
    private static final int CALLS_BETWEEN = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void failsNoCall() throws Exception {
        ServerProcess first = ServerProcess.start(database.jdbcUrl());
        ServerProcess second = ServerProcess.start(database.jdbcUrl());
        try (Balancer balancer = new Balancer(first.address(), second.address());
                Crowd crowd = Crowd.at(balancer.address(), "rolling")) {
            for (int i = 0; i < RESTARTS; i++) {
                crowd.awaitAnswers(CALLS_BETWEEN);
                first = restarted(first, balancer);
                crowd.awaitAnswers(CALLS_BETWEEN);
                second = restarted(second, balancer);
            }
            crowd.awaitAnswers(CALLS_BETWEEN);

            // An answer that is no success fails here.
            Collection<Person> people = crowd.disperse();
            assertThat(crowd.unanswered()).as("calls without an answer").isEmpty();
            assertThat(people)
                    .allSatisfy(person -> assertThat(person.completedAt()).isPresent());
            new Books(database).holdWhatWasAnswered(people);
        } finally {
            first.close();
            second.close();
        }
    }

    private ServerProcess restarted(ServerProcess node, Balancer balancer) {
        URI address = node.address();
        node.terminate();
        node.awaitEnd();
        ServerProcess again = ServerProcess.startAt(address.getPort(), database.jdbcUrl());
        await().atMost(PATIENCE).until(() -> balancer.sendsTo(address));
        return again;
    }
}
