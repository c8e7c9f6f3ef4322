package dev.onward.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowDefinition;
import dev.onward.model.PublishMode;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.SeedSql;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Other software writes a declaration to, and completes, a session of a flow with its own step names. */
@OnEachDatabase
class BackfilledFlowsTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final PublishedFlowCatalog flows =
            new PublishedFlowCatalog(database.database().flows(), clock::nanoTime, _ -> {});

    BackfilledFlowsTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    @Test
    void recordsTheDeclarationUnderTheFlowsDeclarationStep() {
        String id = started("""
                  - {id: hello, title: Hello}
                  - {id: credo, title: Credo, creates: kblock}
                  - {id: belief, title: Belief, creates: kblock}
                """);
        seed.declare(id, "Mine.", "kb", LATER);
        database.database().backfill();
        assertThat(seed.events(id))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON),
                        "step_done|credo|" + SeedSql.text(LATER),
                        "completed|first_declaration|" + SeedSql.text(LATER));
    }

    @Test
    void usesTheDeclarationStepOfTheSessionsVersion() {
        String first = started("  - {id: credo, title: Credo, creates: kblock}\n");
        String second = started("  - {id: belief, title: Belief, creates: kblock}\n");
        seed.declare(first, "Mine.", "kb", LATER);
        seed.declare(second, "Mine.", "kb", LATER);
        database.database().backfill();
        assertThat(seed.events(first)).contains("step_done|credo|" + SeedSql.text(LATER));
        assertThat(seed.events(second)).contains("step_done|belief|" + SeedSql.text(LATER));
    }

    @Test
    void recordsNoStepIfTheFlowHasNoDeclarationStep() {
        String id = started("  - {id: hello, title: Hello}\n");
        seed.declare(id, "Mine.", "kb", LATER);
        database.database().backfill();
        assertThat(seed.events(id))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON), "completed|first_declaration|" + SeedSql.text(LATER));
    }

    @Test
    void doesNotRecordADeclarationOfOnwardAgain() {
        String id = started("""
                  - {id: credo, title: Credo, creates: kblock}
                  - {id: hello, title: Hello}
                """);
        new SessionService(flows, database.database().sessions(), clock, IdGenerator.random())
                .declare(id, new dev.onward.transition.Declaration("Mine."));
        seed.complete(id, LATER);
        database.database().backfill();
        assertThat(seed.events(id))
                .containsExactly(
                        "started|started|" + SeedSql.text(NOON),
                        "step_done|credo|" + SeedSql.text(NOON),
                        "completed|completed|" + SeedSql.text(LATER));
    }

    @Test
    void anUnreadableDefinitionDoesNotStopTheBackfill() {
        String edited = started("  - {id: credo, title: Credo, creates: kblock}\n");
        database.execute("UPDATE onboarding_flow_versions SET definition = 'no JSON' WHERE flow = 'tour'");
        seed.declare(edited, "Mine.", "kb", LATER);
        seed.start("other", "ada", NOON);
        seed.declare("other", "Mine.", "kb", LATER);
        database.database().backfill();
        assertThat(seed.events(edited)).contains("completed|first_declaration|" + SeedSql.text(LATER));
        assertThat(seed.events("other")).contains("step_done|first_declaration|" + SeedSql.text(LATER));
    }

    @Test
    void invalidStepsInADefinitionDoNotStopTheBackfill() {
        for (String definition : new String[] {"{}", "[]", "{\"steps\":1}", "{\"steps\":[1,{\"creates\":[]}]}"}) {
            String edited = started("  - {id: credo, title: '" + definition + "', creates: kblock}\n");
            database.execute(
                    "UPDATE onboarding_flow_versions SET definition = '" + definition + "' WHERE flow = 'tour'");
            seed.declare(edited, "Mine.", "kb", LATER);
            database.database().backfill();
            assertThat(seed.events(edited)).contains("completed|first_declaration|" + SeedSql.text(LATER));
        }
    }

    private String started(String steps) {
        FlowDefinition tour = FlowDefinition.of("tour.yaml", "flow: tour\ntitle: Tour\nsteps:\n" + steps);
        new Publisher(database.database().flows(), clock, IdGenerator.random())
                .publish(tour, PublishMode.PUBLISH, PublishOrigin.API);
        flows.refresh();
        return new SessionService(flows, database.database().sessions(), clock, IdGenerator.random())
                .start(StartRequest.of("tour"))
                .onboarding()
                .session()
                .id();
    }
}
