package dev.onward.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.Rollout;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.IdempotencyRecordCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class BackgroundJobsTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final TestDatabase database;
    private final RecordedJobs jobs = new RecordedJobs();

    BackgroundJobsTest(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void deletesAbandonedSessionsAndMovesOpenOnes() {
        String longAgo = database.sql("'2020-01-01 00:00:00.000000'", "'2020-01-01T00:00:00Z'");
        database.execute("INSERT INTO onboarding_sessions (id, created_at) VALUES ('abandoned', " + longAgo + ")");
        Publisher publisher = new Publisher(database.database().flows(), InstantSource.system(), IdGenerator.random());
        publisher.publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.API);
        SessionService sessions = new SessionService(
                flows(), database.database().sessions(), InstantSource.system(), IdGenerator.random());
        String id =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        publisher.publish(tour("Another tour"), PublishMode.PUBLISH, PublishOrigin.API);

        try (BackgroundJobs running = start(BackgroundJobs.UNGUARDED)) {
            assertThat(running).isNotNull();
            await().untilAsserted(() -> assertThat(jobs.numbers()).contains("backfilled 1", "deleted 1", "moved 1"));
        }

        assertThat(database.query("SELECT id FROM onboarding_sessions")).containsExactly(id);
    }

    @Test
    void theGuardReceivesTheFailuresOfBothJobs() {
        database.execute("DROP TABLE onboarding_releases");
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger successes = new AtomicInteger();

        try (BackgroundJobs running = start(job -> guarded(job, failures, successes))) {
            assertThat(running).isNotNull();
            await().untilAsserted(() -> assertThat(failures).hasPositiveValue());
            await().untilAsserted(() -> assertThat(successes).hasPositiveValue());
        }
    }

    @Test
    void nothingRunsAfterClosing() {
        start(BackgroundJobs.UNGUARDED).close();
        int before = jobs.numbers().size();
        database.execute("INSERT INTO onboarding_sessions (id) VALUES ('later')");

        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(jobs.numbers()).hasSize(before));
    }

    private static BooleanSupplier guarded(BooleanSupplier job, AtomicInteger failures, AtomicInteger successes) {
        return () -> {
            try {
                boolean more = job.getAsBoolean();
                successes.incrementAndGet();
                return more;
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                return false;
            }
        };
    }

    private BackgroundJobs start(UnaryOperator<BooleanSupplier> guard) {
        Housekeeping housekeeping = new Housekeeping(
                database.database()::backfill,
                database.database()::deleteOrphans,
                new AbandonedSessionCleanup(database.database().retention()),
                new IdempotencyRecordCleanup(database.database().retention()),
                RetentionHours.DEFAULT,
                jobs);
        VersionUpgrader upgrader = new VersionUpgrader(
                flows(), database.database().sessions(), InstantSource.system(), IdGenerator.random());
        Rollout rollout = new Rollout(database.database().releases(), flows(), upgrader, InstantSource.system());
        return BackgroundJobs.start(
                housekeeping, INTERVAL, new RolloutJob(rollout, jobs), BackgroundJobs.Deliveries.none(), guard);
    }

    private PublishedFlowCatalog flows() {
        return new PublishedFlowCatalog(database.database().flows(), System::nanoTime, _ -> {});
    }

    private static FlowDefinition tour(String title) {
        return FlowDefinition.of(
                "tour.yaml",
                "flow: tour\ntitle: " + title + "\nin_flight: migrate\nsteps:\n  - {id: one, title: One}\n");
    }
}
