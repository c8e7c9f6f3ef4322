package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.definition.FlowDefinition;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowUnusableException;
import dev.onward.jdbc.Database;
import dev.onward.model.PublishMode;
import dev.onward.model.PublishReport;
import dev.onward.model.PublishReport.PublishResult;
import dev.onward.publishing.FlowPublication.PublishOrigin;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.StartRequest;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
import dev.onward.transition.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class PublisherTest extends StoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final FlowStore store = database.database().flows();
    private final Publisher publisher = new Publisher(store, clock, IdGenerator.random());
    private final List<FlowUnusableException> unusable = new ArrayList<>();
    private final PublishedFlowCatalog flows = new PublishedFlowCatalog(store, clock::nanoTime, unusable::add);

    PublisherTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    @Test
    void aNewFlowIsVersionOneAndCurrent() {
        assertThat(publish("Tour")).isEqualTo(new PublishReport("tour", 1, 1, PublishResult.PUBLISHED));
        assertThat(flows.find("tour")).map(Flow::title).contains("Tour");
        assertThat(store.find("tour"))
                .contains(new FlowVersions(
                        "tour",
                        1,
                        false,
                        List.of(new FlowVersions.PublishedVersion(
                                1, tour("Tour").hash(), NOON))));
    }

    @Test
    void publishingTheSameContentAgainDoesNothing() {
        publish("Tour");
        List<String> before = tables();
        clock.advance(Duration.ofHours(1));
        FlowDefinition same = FlowDefinition.of("tour.json", """
                {"flow": "tour", "title": "Tour", "steps": [{"id": "one", "title": "One"}]}
                """);
        assertThat(publisher.publish(same, PublishMode.PUBLISH, PublishOrigin.API))
                .isEqualTo(new PublishReport("tour", 1, 1, PublishResult.UNCHANGED));
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void changedContentIsTheNextVersionAndTheOldOneStaysUnchanged() {
        publish("Tour");
        assertThat(publish("A tour")).isEqualTo(new PublishReport("tour", 2, 2, PublishResult.PUBLISHED));
        assertThat(flows.find("tour", 1)).map(Flow::title).contains("Tour");
        assertThat(flows.find("tour")).map(Flow::title).contains("A tour");
        assertThat(flows.find("tour")).map(Flow::version).contains(2);
    }

    @Test
    void publishingTheContentOfAnOlderVersionDoesNotMakeItCurrent() {
        publish("Tour");
        publish("A tour");
        assertThat(publish("Tour")).isEqualTo(new PublishReport("tour", 1, 2, PublishResult.NOT_CURRENT));
        assertThat(flows.find("tour")).map(Flow::version).contains(2);
    }

    @Test
    void restartingAnOldNodeDoesNotUndoARelease() {
        publisher.publishFiles(List.of(tour("Tour")));
        publisher.publishFiles(List.of(tour("A tour")));
        assertThat(publisher.publishFiles(List.of(tour("Tour"))))
                .contains(new PublishReport("tour", 1, 2, PublishResult.NOT_CURRENT));
        assertThat(store.current()).containsEntry("tour", 2);
    }

    @Test
    void anOlderVersionBecomesCurrentOnlyOnRequest() {
        publish("Tour", "retention_hours: 30");
        publish("A tour", "retention_hours: 40");
        assertThat(publisher.publish(
                        tour("Tour", "retention_hours: 30"), PublishMode.MAKE_CURRENT, PublishOrigin.COMMAND))
                .isEqualTo(new PublishReport("tour", 1, 1, PublishResult.MADE_CURRENT));
        assertThat(flows.find("tour")).map(Flow::version).contains(1);
        assertThat(database.query("SELECT retention_hours FROM onboarding_flows WHERE flow = 'tour'"))
                .containsExactly("30");
        assertThat(publish("The tour").version()).isEqualTo(3);
    }

    @Test
    void aFlowFromAFileCanBePublishedByTheCommandLineButNotByTheApi() {
        publisher.publishFiles(List.of(tour("Tour")));
        assertThat(publisher.publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.API))
                .isEqualTo(new PublishReport("tour", 1, 1, PublishResult.FROM_FILE));
        assertThat(store.find("tour").orElseThrow().versions()).hasSize(1);
        assertThat(publisher.publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.COMMAND))
                .isEqualTo(new PublishReport("tour", 2, 2, PublishResult.PUBLISHED));
    }

    @Test
    void onlyTheFlowsOfTheLastStartAreMarkedAsFromFiles() {
        publisher.publishFiles(List.of(tour("Tour")));
        assertThat(fromFiles()).containsExactly("genesis", "tour");
        publisher.publishFiles(List.of());
        assertThat(fromFiles()).containsExactly("genesis");
        assertThat(publisher
                        .publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.API)
                        .result())
                .isEqualTo(PublishResult.PUBLISHED);
    }

    @Test
    void recognisesAPublishedFileByTheHashOfItsText() {
        String hash = FlowDefinition.hash("the text");
        publisher.publishFiles(new FlowFiles(Map.of(hash, tour("Tour")), List.of()));
        FlowFileVersion known = new FlowFileVersion("tour", 1);
        assertThat(store.files()).containsExactly(Map.entry(hash, known));

        assertThat(publisher.publishFiles(new FlowFiles(Map.of(), List.of(known))))
                .contains(new PublishReport("tour", 1, 1, PublishResult.UNCHANGED));
        assertThat(fromFiles()).containsExactly("genesis", "tour");

        publisher.publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.COMMAND);
        assertThat(publisher.publishFiles(new FlowFiles(Map.of(), List.of(known))))
                .as("it does not come back by itself")
                .contains(new PublishReport("tour", 1, 2, PublishResult.NOT_CURRENT));
        publisher.publishFiles(new FlowFiles(Map.of(), List.of()));
        assertThat(fromFiles()).containsExactly("genesis");
    }

    @Test
    void aKnownFileMayReplaceTheBuiltInFlow() {
        FlowDefinition own = FlowDefinition.of("genesis.yaml", """
                flow: genesis
                title: Our own
                steps:
                  - {id: one, title: One}
                """);
        publisher.publishFiles(new FlowFiles(Map.of(FlowDefinition.hash("the text"), own), List.of()));
        publisher.publishFiles(new FlowFiles(Map.of(), List.of(new FlowFileVersion("genesis", 2))));
        assertThat(store.current()).containsEntry("genesis", 2);
    }

    @Test
    void aFileMayReplaceTheBuiltInFlowWhichStaysTheFirstVersion() {
        FlowDefinition own = FlowDefinition.of("genesis.yaml", """
                flow: genesis
                title: Our own
                steps:
                  - {id: one, title: One}
                """);
        publisher.publishFiles(List.of(own));
        assertThat(store.current()).containsEntry("genesis", 2);
        assertThat(flows.find("genesis", 1)).contains(FlowDefinition.builtIn().flow());
        publisher.publishFiles(List.of(own));
        assertThat(store.current()).containsEntry("genesis", 2);
    }

    @Test
    void twoNodesThatPublishTheSameContentCreateOneVersion() throws Exception {
        publish("Tour");
        List<PublishReport> published = atOnce(
                () -> new Publisher(store, clock, IdGenerator.random()).publishFiles(List.of(tour("A tour"))),
                () -> new Publisher(store, clock, IdGenerator.random()).publishFiles(List.of(tour("A tour"))));
        assertThat(published)
                .filteredOn(one -> one.flow().equals("tour"))
                .extracting(PublishReport::version)
                .containsExactly(2, 2);
        assertThat(store.find("tour").orElseThrow().versions()).hasSize(2);
        assertThat(database.query("SELECT count(*) FROM onboarding_releases WHERE flow = 'tour'"))
                .containsExactly("2");
    }

    @Test
    void twoNodesThatPublishDifferentContentCreateTwoVersions() throws Exception {
        List<PublishReport> published = atOnce(
                () -> List.of(publish("Tour")),
                () -> List.of(new Publisher(Database.open(database.dataSource()).flows(), clock, IdGenerator.random())
                        .publish(tour("A tour"), PublishMode.PUBLISH, PublishOrigin.API)));
        assertThat(published).extracting(PublishReport::version).containsExactlyInAnyOrder(1, 2);
        assertThat(store.current()).containsEntry("tour", 2);
    }

    @Test
    void rejectsAnEditedRow() {
        publish("Tour");
        publish("A tour");
        database.execute("""
                UPDATE onboarding_flow_versions SET definition = replace(definition, 'A tour', 'A detour')
                WHERE flow = 'tour' AND version = 2
                """);
        assertThatExceptionOfType(FlowUnusableException.class)
                .isThrownBy(() -> flows.find("tour"))
                .withMessageContaining("version 2 of the flow tour was changed after it was published");
        assertThat(flows.find("tour", 1)).map(Flow::title).contains("Tour");
        assertThat(flows.all()).extracting(Flow::id).doesNotContain("tour");
        assertThat(unusable).hasSize(1);
    }

    @Test
    void findingAFlowReadsNoOtherFlow() {
        publish("Tour");
        publisher.publish(FlowDefinition.builtIn(), PublishMode.PUBLISH, PublishOrigin.COMMAND);
        edit("Tour", "Detour");
        assertThat(flows.find("genesis")).isPresent();
        assertThat(unusable).as("unusable flows").isEmpty();
        assertThat(flows.all()).extracting(Flow::id).containsExactly("genesis");
        assertThat(unusable).hasSize(1);
    }

    @Test
    void readsAnUnusableFlowAgainAfterASecondOrAPublication() {
        publish("Tour");
        edit("Tour", "Detour");
        assertThatExceptionOfType(FlowUnusableException.class).isThrownBy(() -> flows.find("tour"));
        edit("Detour", "Tour");
        clock.advance(Duration.ofMillis(999));
        assertThatExceptionOfType(FlowUnusableException.class)
                .as("no question to the database at every call")
                .isThrownBy(() -> flows.find("tour", 1));
        clock.advance(Duration.ofMillis(1));
        assertThat(flows.find("tour")).map(Flow::title).contains("Tour");

        PublishedFlowCatalog others = new PublishedFlowCatalog(store, clock::nanoTime, unusable::add);
        edit("Tour", "Detour");
        assertThatExceptionOfType(FlowUnusableException.class).isThrownBy(() -> others.find("tour"));
        edit("Detour", "Tour");
        others.refresh();
        assertThat(others.find("tour")).map(Flow::title).contains("Tour");
    }

    private void edit(String from, String to) {
        database.execute("UPDATE onboarding_flow_versions SET definition = replace(definition, '" + from + "', '" + to
                + "') WHERE flow = 'tour'");
    }

    @Test
    void aFlowThatNewerSoftwarePublishedDoesNotAffectOtherFlows() {
        publisher.publishFiles(List.of());
        publish("Tour");
        String newer =
                "{\"flow\":\"tour\",\"title\":\"Tour\",\"colour\":\"red\",\"steps\":[{\"id\":\"a\",\"title\":\"A\"}]}";
        database.execute("UPDATE onboarding_flow_versions SET definition = '" + newer + "', hash = '"
                + new FlowDefinition(tour("Tour").flow(), newer).hash() + "' WHERE flow = 'tour'");
        assertThatExceptionOfType(FlowUnusableException.class)
                .isThrownBy(() -> flows.find("tour"))
                .withMessageContaining("colour is unknown here");
        assertThat(flows.all()).extracting(Flow::id).containsExactly("genesis");
    }

    @Test
    void seesAReleaseWithinASecondAndItsOwnImmediately() {
        publish("Tour");
        assertThat(flows.find("tour")).map(Flow::version).contains(1);
        publish("A tour");
        clock.advance(Duration.ofMillis(999));
        assertThat(flows.find("tour")).map(Flow::version).contains(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(flows.find("tour")).map(Flow::version).contains(2);
        publish("The tour");
        flows.refresh();
        assertThat(flows.find("tour")).map(Flow::version).contains(3);
    }

    @Test
    void cleanupUsesTheRetentionOfAPublishedFlow() {
        publish("Tour", "retention_hours: 72");
        dev.onward.session.SessionService there = new dev.onward.session.SessionService(
                flows, database.database().sessions(), clock, IdGenerator.random());
        String id = there.start(StartRequest.of("tour")).onboarding().session().id();
        String twoDaysAgo = database.sql(
                "strftime('%Y-%m-%d %H:%M:%f', 'now', '-48 hours') || '000'", "now() - interval '48 hours'");
        database.execute("UPDATE onboarding_sessions SET created_at = " + twoDaysAgo);
        AbandonedSessionCleanup cleanup =
                new AbandonedSessionCleanup(database.database().retention());
        assertThat(cleanup.run(new RetentionHours(24)).deletedCount()).isZero();
        publish("A tour", "retention_hours: 40");
        assertThat(cleanup.run(new RetentionHours(24)).deletedCount()).isEqualTo(1);
        assertThat(database.query("SELECT id FROM onboarding_sessions WHERE id = '" + id + "'"))
                .isEmpty();
    }

    private List<String> fromFiles() {
        return store.all().stream()
                .filter(FlowVersions::fromFile)
                .map(FlowVersions::flow)
                .toList();
    }

    private List<String> tables() {
        List<String> rows = new ArrayList<>(database.query("SELECT * FROM onboarding_flows ORDER BY flow"));
        rows.addAll(database.query("SELECT * FROM onboarding_flow_versions ORDER BY flow, version"));
        rows.addAll(database.query("SELECT * FROM onboarding_releases ORDER BY id"));
        return rows;
    }

    @SafeVarargs
    private static List<PublishReport> atOnce(Callable<List<PublishReport>>... nodes) throws Exception {
        CyclicBarrier together = new CyclicBarrier(nodes.length);
        List<PublishReport> published = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes.length)) {
            List<Future<List<PublishReport>>> running = new ArrayList<>();
            for (Callable<List<PublishReport>> node : nodes) {
                running.add(threads.submit(() -> {
                    together.await();
                    return node.call();
                }));
            }
            for (Future<List<PublishReport>> one : running) {
                published.addAll(one.get());
            }
        }
        return published;
    }

    private PublishReport publish(String title, String... lines) {
        return publisher.publish(tour(title, lines), PublishMode.PUBLISH, PublishOrigin.API);
    }

    private static FlowDefinition tour(String title, String... lines) {
        return FlowDefinition.of("tour.yaml", """
                flow: tour
                title: %s
                %s
                steps:
                  - {id: one, title: One}
                """.formatted(title, String.join("\n", lines)));
    }
}
