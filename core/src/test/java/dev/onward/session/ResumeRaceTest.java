package dev.onward.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.Database;
import dev.onward.testing.ConcurrentCalls;
import dev.onward.testing.ConcurrentCalls.CallOutcome;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A person opens their onboarding on two devices, or in many tabs, at the same moment. */
@OnEachDatabase
class ResumeRaceTest extends StoreTest {
    private static final int ROUNDS = 20;
    private static final int TABS = 8;

    ResumeRaceTest(DatabaseKind kind) {
        super(kind, Instant.parse("2026-03-29T12:00:00Z"));
    }

    @Test
    void concurrentResumesOfAUserStartOneSession() throws Exception {
        try (Database otherNode = Database.open(database.dataSource())) {
            SessionService other =
                    new SessionService(BuiltInFlow.catalog(), otherNode.sessions(), clock, IdGenerator.random());
            for (int round = 0; round < ROUNDS; round++) {
                String user = "user " + round;
                List<CallOutcome<StartResult>> ended = ConcurrentCalls.run(IntStream.range(0, TABS)
                        .<Callable<StartResult>>mapToObj(tab -> () -> (tab % 2 == 0 ? sessions : other)
                                .start(StartRequest.of("genesis").by(user).resuming()))
                        .toList());
                assertThat(ended.stream()
                                .map(start ->
                                        start.result().onboarding().session().id())
                                .distinct())
                        .hasSize(1);
                assertThat(ended.stream().filter(start -> !start.result().resumed()))
                        .hasSize(1);
            }
        }
        assertThat(database.query("SELECT count(*) FROM onboarding_sessions")).containsExactly("" + ROUNDS);
    }
}
