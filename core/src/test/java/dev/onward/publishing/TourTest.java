package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.flow.Definition;
import dev.onward.flow.FlowStore;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.PublishedFlows;
import dev.onward.flow.Verdict;
import dev.onward.session.Ids;
import dev.onward.session.Session;
import dev.onward.session.Sessions;
import dev.onward.session.Start;
import dev.onward.session.Terms;
import dev.onward.session.VersionChange;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;

/** A test of what becomes of the sessions of a flow called tour. */
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
    final Publisher publisher = new Publisher(flowStore, clock, Ids.random());
    final PublishedFlows flows = new PublishedFlows(flowStore, clock, _ -> {});
    final Sessions there = new Sessions(flows, database.database().sessions(), clock, Ids.random());
    final VersionChange change = new VersionChange(flows, database.database().sessions(), clock, Ids.random());
    final Rollout rollout = new Rollout(releases, flows, change, clock);
    final DryRun dryRun = new DryRun(flowStore, releases, change);

    TourTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    /** All that there is to do, until the release is finished. */
    void finish() {
        rollout.runOnce();
        clock.advance(Duration.ofMinutes(1));
        assertThat(rollout.runOnce().finished()).hasSize(1);
        assertThat(releases.open()).isEmpty();
    }

    String start() {
        return there.start(Start.of("tour")).journey().session().id();
    }

    String named(String name) {
        String id = start();
        there.submit(id, "name", name, Terms.none());
        return id;
    }

    Session session(String id) {
        return there.get(id).session();
    }

    void publish(String lines) {
        clock.advance(Duration.ofMillis(1));
        assertThat(publisher.publish(tour(lines), Wish.PUBLISH, Origin.API).verdict())
                .isEqualTo(Verdict.PUBLISHED);
        flows.refresh();
    }

    static Definition tour(String lines) {
        return Definition.of("tour.yaml", "flow: tour\ntitle: Tour\n" + lines);
    }
}
