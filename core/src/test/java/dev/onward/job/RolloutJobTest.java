package dev.onward.job;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.publishing.Rollout;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@OnEachDatabase
class RolloutJobTest {
    private final TestDatabase database;
    private final RecordedJobs jobs = new RecordedJobs();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(RolloutJob.class);

    RolloutJobTest(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        database.close();
    }

    @Test
    void logsAndCountsASessionThatCannotBeMovedWithoutItsId() {
        PublishedFlowCatalog flows =
                new PublishedFlowCatalog(database.database().flows(), System::nanoTime, _ -> {});
        Publisher publisher = new Publisher(database.database().flows(), InstantSource.system(), IdGenerator.random());
        publisher.publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.API);
        SessionService sessions =
                new SessionService(flows, database.database().sessions(), InstantSource.system(), IdGenerator.random());
        String id =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        sessions.start(StartRequest.of("tour"));
        refuseUpdatesOf(id);
        publisher.publish(tour("Another tour"), PublishMode.PUBLISH, PublishOrigin.API);
        VersionUpgrader change = new VersionUpgrader(
                flows, database.database().sessions(), InstantSource.system(), IdGenerator.random());

        new RolloutJob(new Rollout(database.database().releases(), flows, change, InstantSource.system()), jobs)
                .runOnce();

        assertThat(jobs.numbers()).containsExactly("moved 1", "not moved 1");
        assertThat(log.list).singleElement().satisfies(event -> {
            String text = event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
            assertThat(text)
                    .contains("Flow tour: version 2", "retried: 1", "StoreFailed")
                    .doesNotContain(id);
        });
    }

    /** The message quotes the session's id, like a database's may. */
    private void refuseUpdatesOf(String id) {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE EXCEPTION 'not %', OLD.id; END $$");
        }
        String sqlite = "CREATE TRIGGER refuse BEFORE UPDATE ON onboarding_sessions WHEN OLD.id = '%1$s'"
                + " BEGIN SELECT RAISE(ABORT, 'not %1$s'); END";
        String postgres = "CREATE TRIGGER refuse BEFORE UPDATE ON onboarding_sessions FOR EACH ROW"
                + " WHEN (OLD.id = '%1$s') EXECUTE FUNCTION refuse()";
        database.execute(database.sql(sqlite, postgres).formatted(id));
    }

    private static FlowDefinition tour(String title) {
        return FlowDefinition.of(
                "tour.yaml",
                "flow: tour\ntitle: " + title + "\nin_flight: migrate\nsteps:\n  - {id: one, title: One}\n");
    }
}
