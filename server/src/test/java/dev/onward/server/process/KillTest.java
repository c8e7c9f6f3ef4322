package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ConcurrentUsers;
import dev.onward.server.process.testing.DatabaseAudit;
import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.SimulatedUser;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SIGKILL at random moments: every acknowledged write is stored, and nothing is written by half. */
@OnEachDatabase
class KillTest {
    private static final int ROUNDS =
            Integer.getInteger("onward.kill.rounds", Boolean.getBoolean("onward.long") ? 20 : 1);
    private static final int MAX_ANSWERS = Boolean.getBoolean("onward.long") ? 300 : 100;

    /** The number of responses after which at least one user has declared. */
    private static final int MIN_ANSWERS = Boolean.getBoolean("onward.long") ? 1 : 24;

    private static final int REPEATED = 5;

    private final DatabaseKind kind;

    KillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void everyAcknowledgedWriteIsStoredOnceAfterKills() throws IOException {
        long seed = Long.getLong("onward.kill.seed", System.nanoTime());
        System.out.println("kill test on " + kind + ": -Donward.kill.seed=" + seed);
        Random random = new Random(seed);
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            DatabaseAudit audit = new DatabaseAudit(database);
            ServerProcess server = ServerProcess.start(database.jdbcUrl());
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    Collection<SimulatedUser> users = killUnderLoad(server, "round-" + round, random);
                    server = ServerProcess.start(database.jdbcUrl());

                    audit.assertNothingHalfWritten();
                    audit.assertResponsesStored(users);
                    assertSameResponse(server, users);
                }
            } finally {
                server.close();
            }
            assertThat(audit.declarations())
                    .as("the test met the case under test")
                    .isGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private static Collection<SimulatedUser> killUnderLoad(ServerProcess server, String name, Random random) {
        try (ConcurrentUsers users = ConcurrentUsers.at(server, name)) {
            users.awaitAnswers(MIN_ANSWERS + random.nextInt(MAX_ANSWERS));
            busyWait(Duration.ofNanos(random.nextInt(2_000_000)));
            server.kill();
            return users.finish();
        }
    }

    /** Waits actively, to end within a request. */
    private static void busyWait(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void assertSameResponse(ServerProcess server, Collection<SimulatedUser> users) throws IOException {
        try (HttpApi api = new HttpApi(server.address())) {
            for (SimulatedUser user : users.stream()
                    .filter(session -> session.completedAt().isPresent())
                    .limit(REPEATED)
                    .toList()) {
                HttpApi.HttpReply status = api.status(user.session().orElseThrow());
                assertThat(status.status()).isEqualTo(200);
                assertThat(status.text("first_kblock_id"))
                        .isEqualTo(user.kblock().orElseThrow());
                assertThat(status.text("first_declaration")).isEqualTo(user.declaration());
                assertThat(status.text("current_step")).isEqualTo("completed");
                assertThat(status.text("completed_at"))
                        .isEqualTo(user.completedAt().orElseThrow());
            }
        }
    }
}
