package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.VersionUpgrader;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import dev.onward.transition.Session;
import java.time.Duration;
import java.time.Instant;

/** A test of sessions of the flow tour. */
abstract class TourTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String FIRST = """
            steps:
              - {id: name, title: Name, input: {type: string}}
              - {id: role, title: Role, input: {type: string}}
              - {id: credo, title: Credo, creates: kblock}
              - {id: last, title: Last}
            """;
    static final String MIGRATE = """
            in_flight: migrate
            step_map: {role: job}
            steps:
              - {id: name, title: Name, input: {type: string, maxLength: 3}}
              - {id: job, title: Job, input: {type: string}}
              - {id: credo, title: Credo, creates: kblock}
              - {id: more, title: More}
              - {id: last, title: Last}
            """;

    final FlowStore flowStore = database.database().flows();
    final ReleaseStore releases = database.database().releases();
    final Publisher publisher = new Publisher(flowStore, clock, IdGenerator.random());
    final PublishedFlowCatalog flows = new PublishedFlowCatalog(flowStore, clock::nanoTime, _ -> {});
    final SessionService there = new SessionService(flows, database.database().sessions(), clock, IdGenerator.random());
    final VersionUpgrader change =
            new VersionUpgrader(flows, database.database().sessions(), clock, IdGenerator.random());
    final Rollout rollout = new Rollout(releases, flows, change, clock);
    final DryRun dryRun = new DryRun(flowStore, releases, change);

    TourTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    /** Runs until the release is finished. */
    void finish() {
        rollout.runOnce();
        clock.advance(Duration.ofMinutes(1));
        assertThat(rollout.runOnce().finished()).hasSize(1);
        assertThat(releases.open()).isEmpty();
    }

    String start() {
        return there.start(StartRequest.of("tour")).onboarding().session().id();
    }

    String named(String name) {
        String id = start();
        there.submit(id, "name", name, WriteConditions.none());
        return id;
    }

    Session session(String id) {
        return there.get(id).session();
    }

    void publish(String lines) {
        clock.advance(Duration.ofMillis(1));
        assertThat(publisher
                        .publish(tour(lines), PublishMode.PUBLISH, PublishOrigin.API)
                        .result())
                .isEqualTo(PublishResult.PUBLISHED);
        flows.refresh();
    }

    static FlowDefinition tour(String lines) {
        return FlowDefinition.of("tour.yaml", "flow: tour\ntitle: Tour\n" + lines);
    }
}
