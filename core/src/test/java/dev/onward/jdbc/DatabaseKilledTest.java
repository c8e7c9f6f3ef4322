package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.jdbc.postgresql.PostgresConnections;
import dev.onward.jdbc.postgresql.PostgresDialect;
import dev.onward.jdbc.transaction.ResultRows;
import dev.onward.jdbc.transaction.Transactions;
import dev.onward.model.OnboardingException;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.PostgresServer;
import dev.onward.transition.Declaration;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed while many calls are batched, and starts again. */
@Tag("postgresql")
class DatabaseKilledTest {
    private static final int CALLERS = 64;
    private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger largestBatch = new AtomicInteger();
    private final Queue<Session> answered = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> failures = new ConcurrentLinkedQueue<>();
    private EmbeddedPostgres server;
    private HikariDataSource pool;
    private Database database;
    private SessionService sessions;

    @BeforeEach
    void start() {
        server = PostgresServer.start(folder.resolve("data"), freePort());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setConnectionTimeout(1_000);
        // The embedded server would confirm a commit before it has left its process.
        config.addDataSourceProperty("options", "-c synchronous_commit=on");
        pool = new HikariDataSource(config);
        database = Database.open(pool, new BatchSettings(BatchSettings.MAX_SIZE, new BatchSettings.BatchListener() {
            @Override
            public void served(BatchSettings.BatchKind work, int calls) {
                largestBatch.accumulateAndGet(calls, Math::max);
            }

            @Override
            public void waited(BatchSettings.BatchKind work, long nanos) {}
        }));
        database.migrations().migrate();
        sessions = new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }

    @AfterEach
    void close() throws IOException {
        callers.close();
        database.close();
        pool.close();
        server.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server without a checkpoint or a message to its clients. */
    private void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        postmaster.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Starts sessions and declares in them until a call fails. */
    private void walk(int caller) {
        long calledAt = System.nanoTime();
        try {
            for (int round = 0; ; round++) {
                calledAt = System.nanoTime();
                Session started = sessions.start(StartRequest.of("genesis").by(caller + "-" + round))
                        .onboarding()
                        .session();
                answered.add(started);
                calledAt = System.nanoTime();
                answered.add(sessions.declare(started.id(), new Declaration("I am " + started.id() + "."))
                        .onboarding()
                        .session());
            }
        } catch (OnboardingException.StoreUnavailable | OnboardingException.OutcomeUnknown failure) {
            failures.add(Duration.ofNanos(System.nanoTime() - calledAt));
        }
    }

    @Test
    void everyCallerGetsAnAnswerAndNoConfirmedWriteIsLostOrRepeated() throws Exception {
        List<Future<?>> walking = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int me = caller;
            walking.add(callers.submit(() -> walk(me)));
        }
        await().until(() -> answered.size() > 2_000);

        kill();

        for (Future<?> walk : walking) {
            walk.get(20, TimeUnit.SECONDS);
        }
        assertThat(largestBatch).as("the test met the case under test").hasValueGreaterThan(8);
        assertThat(failures)
                .hasSize(CALLERS)
                .allSatisfy(took -> assertThat(took).isLessThan(MAX_ANSWER_TIME));

        server.close();
        server = PostgresServer.start(folder.resolve("data"), server.getPort());
        await().atMost(Duration.ofSeconds(10)).until(() -> database.answers(Duration.ofSeconds(1)));

        for (Session session : answered) {
            Session stored = sessions.get(session.id()).session();
            assertThat(stored.revision()).isGreaterThanOrEqualTo(session.revision());
            assertThat(stored.revision() == session.revision() ? stored : session)
                    .isEqualTo(session);
        }
        assertThat(count("onboarding_sessions WHERE completed")).isEqualTo(count("onboarding_kblocks"));
        assertThat(count("onboarding_events WHERE type = 'started'")).isEqualTo(count("onboarding_sessions"));
        assertThat(count("onboarding_events WHERE type = 'completed'")).isEqualTo(count("onboarding_kblocks"));
        assertThat(count("onboarding_sessions")).isLessThanOrEqualTo(started() + CALLERS);
        assertThat(sessions.start(StartRequest.of("genesis"))
                        .onboarding()
                        .session()
                        .revision())
                .isEqualTo(1);
    }

    private long started() {
        return answered.stream().filter(session -> session.revision() == 1).count();
    }

    private long count(String what) {
        Transactions transactions = new Transactions(
                new PostgresConnections(pool, WriteLimits.forWork()), new PostgresDialect(WriteLimits.forWork()));
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + what)) {
                return ResultRows.all(statement, row -> row.getLong(1)).getFirst();
            }
        });
    }
}
