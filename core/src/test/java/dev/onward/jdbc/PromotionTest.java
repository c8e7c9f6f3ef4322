package dev.onward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.onward.definition.BuiltInFlow;
import dev.onward.jdbc.batch.BatchSettings;
import dev.onward.jdbc.connection.WriteLimits;
import dev.onward.model.OnboardingException;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.HotStandby;
import dev.onward.transition.IdGenerator;
import java.nio.file.Path;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A synchronous standby is disconnected while callers write, and then promoted. */
@Tag("postgresql")
class PromotionTest {
    private static final int CALLERS = 16;
    private static final int MIN_WRITES = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<OnboardingException> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        callers.close();
    }

    @Test
    void acknowledgedWritesAreOnThePromotedStandby() throws Exception {
        try (HotStandby servers = HotStandby.start(folder)) {
            try (HikariDataSource pool = pool(servers.primaryPort());
                    Database primary = Database.open(
                            pool,
                            BatchSettings.defaults(),
                            List.of(),
                            WriteLimits.forServing().withCommitWait(Duration.ofSeconds(2)))) {
                primary.migrations().migrate();
                servers.synchronous();
                SessionService sessions = sessions(primary);
                List<Future<?>> writing = new ArrayList<>();
                for (int caller = 0; caller < CALLERS; caller++) {
                    writing.add(callers.submit(() -> startUntilRefused(sessions)));
                }
                await().atMost(TIMEOUT).until(() -> acknowledged.size() >= MIN_WRITES);

                servers.cutOff();

                for (Future<?> writer : writing) {
                    writer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                }
                servers.stopPrimary();
                servers.promote();
            }
            assertThat(failures).hasSize(CALLERS).anyMatch(OnboardingException.OutcomeUnknown.class::isInstance);
            try (HikariDataSource pool = pool(servers.standbyPort());
                    Database promoted = Database.open(pool)) {
                assertThat(acknowledged)
                        .allSatisfy(
                                id -> assertThat(promoted.sessions().find(id)).isPresent());
            }
        }
    }

    private void startUntilRefused(SessionService sessions) {
        try {
            while (true) {
                acknowledged.add(sessions.start(StartRequest.of("genesis"))
                        .onboarding()
                        .session()
                        .id());
            }
        } catch (OnboardingException failure) {
            failures.add(failure);
        }
    }

    private static SessionService sessions(Database database) {
        return new SessionService(
                BuiltInFlow.catalog(), database.sessions(), InstantSource.system(), IdGenerator.random());
    }

    private static HikariDataSource pool(int port) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
        config.setConnectionTimeout(1_000);
        // The embedded server would not wait for the standby.
        config.addDataSourceProperty("options", "-c synchronous_commit=on");
        return new HikariDataSource(config);
    }
}
