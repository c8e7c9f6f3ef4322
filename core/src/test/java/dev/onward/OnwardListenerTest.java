package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onward.assembly.JobSettings;
import dev.onward.assembly.ListenerRegistration;
import dev.onward.assembly.OnwardServices;
import dev.onward.job.BackgroundJobs;
import dev.onward.job.JobListener;
import dev.onward.model.OnboardingEvent;
import dev.onward.model.OnboardingEvent.EventType;
import dev.onward.model.OnboardingException;
import dev.onward.retention.RetentionHours;
import dev.onward.session.StartRequest;
import dev.onward.testing.ChildProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

@OnEachDatabase
class OnwardListenerTest {
    private static final String NAME = "create-tenant";

    /** On PostgreSQL, readers wait for other tests' transactions. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final Queue<OnboardingEvent> received = new ConcurrentLinkedQueue<>();

    OnwardListenerTest(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private OnwardBuilder builder() {
        return Onward.builder(database.dataSource());
    }

    private List<String> types(String session) {
        return received.stream()
                .filter(event -> event.sessionId().equals(session))
                .map(OnboardingEvent::type)
                .toList();
    }

    @Test
    void aListenerReceivesCommittedEvents() {
        Queue<Boolean> completed = new ConcurrentLinkedQueue<>();
        List<Onward> self = new CopyOnWriteArrayList<>();
        try (Onward onward = builder()
                .listener(NAME, event -> {
                    if (event.is(EventType.COMPLETED)) {
                        completed.add(self.getFirst()
                                .sessions()
                                .get(event.sessionId())
                                .completed());
                    }
                })
                .build()) {
            self.add(onward);
            String id = onward.sessions().startFor("ada", "genesis").id();
            onward.sessions().declare(id, "I want to write every day.");
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(completed).containsExactly(true));
        }
    }

    @Test
    void aCommitOfThisProcessWakesItsListeners() {
        OnwardServices services = new OnwardServices(database.database(), InstantSource.system(), unusable -> {});
        services.publisher().publishFiles(List.of());
        ListenerRegistration listener = new ListenerRegistration(NAME, received::add, false);
        JobSettings settings = new JobSettings(
                RetentionHours.DEFAULT,
                Duration.ofHours(1),
                JobListener.NONE,
                BackgroundJobs.UNGUARDED,
                List.of(listener),
                Duration.ofHours(1));
        try (BackgroundJobs jobs = services.startJobs(settings)) {
            assertThat(jobs).isNotNull();
            await().during(Duration.ofMillis(200)).until(received::isEmpty);
            services.sessions().start(StartRequest.of("genesis"));
            await().atMost(TIMEOUT).until(() -> received.size() == 1);
        }
    }

    @Test
    void eventsThatCommitWithoutAListenerAreDeliveredLater() {
        try (Onward onward = builder().listener(NAME, received::add).build()) {
            onward.sessions().start("genesis");
            await().atMost(TIMEOUT).until(() -> received.size() == 1);
        }
        String id;
        try (Onward silent = builder().build()) {
            id = silent.sessions().start("genesis").id();
        }
        try (Onward again = builder().listener(NAME, received::add).build()) {
            again.sessions().complete(id);
            await().atMost(TIMEOUT).until(() -> received.size() == 3);
        }
        assertThat(types(id)).containsExactly("started", "completed");
    }

    @Test
    void aNewNameReceivesEarlierEventsOnlyFromTheBeginning() {
        String before;
        try (Onward onward = builder().build()) {
            before = onward.sessions().start("genesis").id();
        }
        database.awaitReadableEvents();
        Queue<OnboardingEvent> all = new ConcurrentLinkedQueue<>();
        try (Onward onward = builder()
                .listener(NAME, received::add)
                .listenerFromBeginning("all", all::add)
                .build()) {
            String after = onward.sessions().start("genesis").id();
            await().atMost(TIMEOUT).until(() -> all.size() == 2 && received.size() == 1);
            assertThat(received).extracting(OnboardingEvent::sessionId).containsExactly(after);
            assertThat(all).extracting(OnboardingEvent::sessionId).containsExactly(before, after);
        }
    }

    @Test
    void twoNodesWithTheSameNameShareTheEvents() {
        Queue<OnboardingEvent> others = new ConcurrentLinkedQueue<>();
        try (Onward one = builder().listener(NAME, received::add).build();
                Onward two = builder().listener(NAME, others::add).build()) {
            for (int i = 0; i < 100; i++) {
                one.sessions().start("genesis");
                two.sessions().start("genesis");
            }
            await().atMost(TIMEOUT).until(() -> received.size() + others.size() >= 200);
        }
        assertThat(Stream.concat(received.stream(), others.stream()).map(OnboardingEvent::id))
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void aThrowingListenerDoesNotDelayOthers() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Queue<OnboardingEvent> healed = new ConcurrentLinkedQueue<>();
        try (Onward onward = builder()
                .listener("broken", event -> {
                    if (broken.get()) {
                        throw new IOException("the mail server is away");
                    }
                    healed.add(event);
                })
                .listener(NAME, received::add)
                .build()) {
            onward.sessions().start("genesis");
            onward.sessions().start("genesis");
            await().atMost(TIMEOUT).until(() -> received.size() == 2);
            assertThat(healed).isEmpty();
            broken.set(false);
            await().atMost(TIMEOUT).until(() -> healed.size() == 2);
        }
    }

    @Test
    void anEventOfTheCallersTransactionIsDeliveredIfItCommits() throws SQLException {
        try (Onward onward = builder().listener(NAME, received::add).build()) {
            String rolledBack = onward.sessions().start("genesis").id();
            String committed = onward.sessions().start("genesis").id();
            await().atMost(TIMEOUT).until(() -> received.size() == 2);
            complete(onward, rolledBack, false);
            complete(onward, committed, true);
            await().atMost(TIMEOUT).until(() -> received.size() == 3);
            assertThat(types(committed)).containsExactly("started", "completed");
            assertThat(types(rolledBack)).containsExactly("started");
        }
    }

    private void complete(Onward onward, String session, boolean commit) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            onward.using(connection).complete(session);
            assertThat(types(session)).containsExactly("started");
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    @Test
    void theEventsOfADeletedSessionAreDelivered() {
        CountDownLatch deleted = new CountDownLatch(1);
        Queue<String> missing = new ConcurrentLinkedQueue<>();
        List<Onward> self = new CopyOnWriteArrayList<>();
        try (Onward onward = builder()
                .clock(InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z")))
                .listener(NAME, event -> {
                    waitFor(deleted);
                    received.add(event);
                    try {
                        self.getFirst().sessions().get(event.sessionId());
                    } catch (OnboardingException.SessionNotFound e) {
                        missing.add(event.type());
                    }
                })
                .build()) {
            self.add(onward);
            String id = onward.sessions().start("genesis").id();
            assertThat(onward.cleanup().runOnce().deletedCount()).isEqualTo(1);
            deleted.countDown();
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(missing).containsExactly("started", "deleted"));
            assertThat(types(id)).containsExactly("started", "deleted");
        }
    }

    private static void waitFor(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingWaitsForTheRunningCallAndDeliversNoFurtherEvent() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Onward onward = builder()
                .listener(NAME, event -> {
                    runs.countDown();
                    waitFor(mayEnd);
                    received.add(event);
                })
                .build();
        onward.sessions().start("genesis");
        onward.sessions().start("genesis");
        waitFor(runs);

        Thread closing = Thread.ofVirtual().start(onward::close);
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        mayEnd.countDown();
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();

        assertThat(received).hasSize(1);
        assertThat(database.query("SELECT count(*) FROM onboarding_event_cursors WHERE owner IS NULL AND position > 0"))
                .as("saved, and free for another node")
                .containsExactly("1");
    }

    @Test
    void withoutBackgroundJobsNoListenerIsCalledAndNoEventIsMissed() {
        String id;
        try (Onward onward =
                builder().backgroundJobs(false).listener(NAME, received::add).build()) {
            id = onward.sessions().start("genesis").id();
            await().during(Duration.ofMillis(100)).until(received::isEmpty);
        }
        try (Onward onward = builder().listener(NAME, received::add).build()) {
            assertThat(onward).isNotNull();
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(types(id)).containsExactly("started"));
        }
    }

    @Test
    void rejectsTwoListenersWithTheSameName() {
        OnwardBuilder builder = builder().listener(NAME, received::add);
        assertThatThrownBy(() -> builder.listenerFromBeginning(NAME, received::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NAME);
        assertThatThrownBy(() -> builder.listener(" ", received::add)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.listener("x".repeat(65), received::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deliversAnEventAgainIfTheProcessWasKilled() throws IOException {
        Process process = ChildProcess.endingWithThisJvm(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledListener.class.getName(),
                        database.jdbcUrl())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String delivered;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            delivered = output.readLine();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(30));

        // Its lease would end after half a minute.
        database.execute("UPDATE onboarding_event_cursors SET blocked_until = '2020-01-01 00:00:00.000000'");
        try (Onward onward = builder().listener(NAME, received::add).build()) {
            assertThat(onward).isNotNull();
            await().atMost(TIMEOUT).until(() -> !received.isEmpty());
        }
        assertThat(received)
                .singleElement()
                .satisfies(again -> assertThat(again.id()).isEqualTo(delivered));
    }

    /** A process whose listener never returns. */
    static final class KilledListener {
        private KilledListener() {}

        public static void main(String[] arguments) throws InterruptedException {
            Onward onward = Onward.builder(dataSource(arguments[0]))
                    .listener(NAME, event -> {
                        System.out.println(event.id());
                        new CountDownLatch(1).await();
                    })
                    .build();
            onward.sessions().start("genesis");
            Thread.currentThread().join();
        }

        private static DataSource dataSource(String url) {
            if (url.startsWith("jdbc:sqlite:")) {
                SQLiteDataSource sqlite = new SQLiteDataSource();
                sqlite.setUrl(url);
                return sqlite;
            }
            PGSimpleDataSource postgresql = new PGSimpleDataSource();
            postgresql.setURL(url);
            return postgresql;
        }
    }
}
