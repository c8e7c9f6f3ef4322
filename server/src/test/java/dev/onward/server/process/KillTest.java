package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SIGKILL at random moments: what was answered is there, and nothing is there by half. */
@OnEachDatabase
class KillTest {
    private static final int ROUNDS =
            Integer.getInteger("onward.kill.rounds", Boolean.getBoolean("onward.long") ? 20 : 1);
    private static final int MOST_ANSWERS = Boolean.getBoolean("onward.long") ? 300 : 100;

    /** After so many at least one of the people who come at once has declared. */
    private static final int LEAST_ANSWERS = Boolean.getBoolean("onward.long") ? 1 : 24;

    private static final int ASKED_AGAIN = 5;

    private final DatabaseKind kind;

    KillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void whatWasAnsweredIsThereExactlyOnceHoweverOftenTheServerIsKilled() throws IOException {
        long seed = Long.getLong("onward.kill.seed", System.nanoTime());
        System.out.println("kill test on " + kind + ": -Donward.kill.seed=" + seed);
        Random random = new Random(seed);
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            Books books = new Books(database);
            ServerProcess server = ServerProcess.start(database.jdbcUrl());
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    Collection<Person> people = killUnderLoad(server, "round-" + round, random);
                    server = ServerProcess.start(database.jdbcUrl());

                    books.holdNothingHalfWritten();
                    books.holdWhatWasAnswered(people);
                    isToldTheSame(server, people);
                }
            } finally {
                server.close();
            }
            assertThat(books.declarations())
                    .as("so that the test tests something")
                    .isGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private static Collection<Person> killUnderLoad(ServerProcess server, String name, Random random) {
        try (Crowd crowd = Crowd.at(server, name)) {
            crowd.awaitAnswers(LEAST_ANSWERS + random.nextInt(MOST_ANSWERS));
            spin(Duration.ofNanos(random.nextInt(2_000_000)));
            server.kill();
            return crowd.disperse();
        }
    }

    /** Somewhere within a request. */
    private static void spin(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void isToldTheSame(ServerProcess server, Collection<Person> people) throws IOException {
        try (Api api = new Api(server.address())) {
            for (Person person : people.stream()
                    .filter(somebody -> somebody.completedAt().isPresent())
                    .limit(ASKED_AGAIN)
                    .toList()) {
                Api.Answer status = api.status(person.session().orElseThrow());
                assertThat(status.status()).isEqualTo(200);
                assertThat(status.text("first_kblock_id"))
                        .isEqualTo(person.kblock().orElseThrow());
                assertThat(status.text("first_declaration")).isEqualTo(person.declaration());
                assertThat(status.text("current_step")).isEqualTo("completed");
                assertThat(status.text("completed_at"))
                        .isEqualTo(person.completedAt().orElseThrow());
            }
        }
    }
}
