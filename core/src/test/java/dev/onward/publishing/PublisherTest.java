package dev.onward.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.flow.Definition;
import dev.onward.flow.FileVersion;
import dev.onward.flow.Flow;
import dev.onward.flow.FlowStore;
import dev.onward.flow.FlowUnusableException;
import dev.onward.flow.FlowVersions;
import dev.onward.flow.Publication.Origin;
import dev.onward.flow.Publication.Wish;
import dev.onward.flow.Published;
import dev.onward.flow.PublishedFlows;
import dev.onward.flow.Verdict;
import dev.onward.jdbc.Database;
import dev.onward.retention.Cleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.session.Ids;
import dev.onward.session.Start;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.StoreTest;
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
    private final Publisher publisher = new Publisher(store, clock, Ids.random());
    private final List<FlowUnusableException> unusable = new ArrayList<>();
    private final PublishedFlows flows = new PublishedFlows(store, clock, unusable::add);

    PublisherTest(DatabaseKind kind) {
        super(kind, NOON);
    }

    @Test
    void aNewFlowIsVersionOneAndCurrent() {
        assertThat(publish("Tour")).isEqualTo(new Published("tour", 1, 1, Verdict.PUBLISHED));
        assertThat(flows.find("tour")).map(Flow::title).contains("Tour");
        assertThat(store.find("tour"))
                .contains(new FlowVersions(
                        "tour",
                        1,
                        false,
                        List.of(new FlowVersions.Version(1, tour("Tour").hash(), NOON))));
    }

    @Test
    void publishingTheSameContentAgainIsANoOp() {
        publish("Tour");
        List<String> before = tables();
        clock.advance(Duration.ofHours(1));
        Definition same = Definition.of("tour.json", """
                {"flow": "tour", "title": "Tour", "steps": [{"id": "one", "title": "One"}]}
                """);
        assertThat(publisher.publish(same, Wish.PUBLISH, Origin.API))
                .isEqualTo(new Published("tour", 1, 1, Verdict.UNCHANGED));
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void changedContentIsTheNextVersionAndTheOldOneStaysAsItIs() {
        publish("Tour");
        assertThat(publish("A tour")).isEqualTo(new Published("tour", 2, 2, Verdict.PUBLISHED));
        assertThat(flows.find("tour", 1)).map(Flow::title).contains("Tour");
        assertThat(flows.find("tour")).map(Flow::title).contains("A tour");
        assertThat(flows.find("tour")).map(Flow::version).contains(2);
    }

    @Test
    void contentOfAnOlderVersionDoesNotBecomeCurrentByItself() {
        publish("Tour");
        publish("A tour");
        assertThat(publish("Tour")).isEqualTo(new Published("tour", 1, 2, Verdict.NOT_CURRENT));
        assertThat(flows.find("tour")).map(Flow::version).contains(2);
    }

    @Test
    void anOldNodeThatRestartsDoesNotUndoARelease() {
        publisher.publishFiles(List.of(tour("Tour")));
        publisher.publishFiles(List.of(tour("A tour")));
        assertThat(publisher.publishFiles(List.of(tour("Tour"))))
                .contains(new Published("tour", 1, 2, Verdict.NOT_CURRENT));
        assertThat(store.current()).containsEntry("tour", 2);
    }

    @Test
    void goingBackIsDoneOnPurpose() {
        publish("Tour", "retention_hours: 30");
        publish("A tour", "retention_hours: 40");
        assertThat(publisher.publish(tour("Tour", "retention_hours: 30"), Wish.MAKE_CURRENT, Origin.COMMAND))
                .isEqualTo(new Published("tour", 1, 1, Verdict.MADE_CURRENT));
        assertThat(flows.find("tour")).map(Flow::version).contains(1);
        assertThat(database.query("SELECT retention_hours FROM onboarding_flows WHERE flow = 'tour'"))
                .containsExactly("30");
        assertThat(publish("The tour").version()).isEqualTo(3);
    }

    @Test
    void aFileFlowRefusesTheApiAndNotTheCommandLine() {
        publisher.publishFiles(List.of(tour("Tour")));
        assertThat(publisher.publish(tour("A tour"), Wish.PUBLISH, Origin.API))
                .isEqualTo(new Published("tour", 1, 1, Verdict.FROM_FILE));
        assertThat(store.find("tour").orElseThrow().versions()).hasSize(1);
        assertThat(publisher.publish(tour("A tour"), Wish.PUBLISH, Origin.COMMAND))
                .isEqualTo(new Published("tour", 2, 2, Verdict.PUBLISHED));
    }

    @Test
    void exactlyTheFlowsOfTheLastStartComeFromFiles() {
        publisher.publishFiles(List.of(tour("Tour")));
        assertThat(fromFiles()).containsExactly("genesis", "tour");
        publisher.publishFiles(List.of());
        assertThat(fromFiles()).containsExactly("genesis");
        assertThat(publisher.publish(tour("A tour"), Wish.PUBLISH, Origin.API).verdict())
                .isEqualTo(Verdict.PUBLISHED);
    }

    @Test
    void aFileThatWasPublishedIsKnownByTheHashOfItsText() {
        String hash = Definition.hash("the text");
        publisher.publishFiles(new FlowFiles(Map.of(hash, tour("Tour")), List.of()));
        FileVersion known = new FileVersion("tour", 1);
        assertThat(store.files()).containsExactly(Map.entry(hash, known));

        assertThat(publisher.publishFiles(new FlowFiles(Map.of(), List.of(known))))
                .contains(new Published("tour", 1, 1, Verdict.UNCHANGED));
        assertThat(fromFiles()).containsExactly("genesis", "tour");

        publisher.publish(tour("A tour"), Wish.PUBLISH, Origin.COMMAND);
        assertThat(publisher.publishFiles(new FlowFiles(Map.of(), List.of(known))))
                .as("it does not come back by itself")
                .contains(new Published("tour", 1, 2, Verdict.NOT_CURRENT));
        publisher.publishFiles(new FlowFiles(Map.of(), List.of()));
        assertThat(fromFiles()).containsExactly("genesis");
    }

    @Test
    void aKnownFileMayTakeThePlaceOfTheBuiltInFlow() {
        Definition own = Definition.of("genesis.yaml", """
                flow: genesis
                title: Our own
                steps:
                  - {id: one, title: One}
                """);
        publisher.publishFiles(new FlowFiles(Map.of(Definition.hash("the text"), own), List.of()));
        publisher.publishFiles(new FlowFiles(Map.of(), List.of(new FileVersion("genesis", 2))));
        assertThat(store.current()).containsEntry("genesis", 2);
    }

    @Test
    void aFileMayTakeThePlaceOfTheBuiltInFlowWhichStaysTheFirstVersion() {
        Definition own = Definition.of("genesis.yaml", """
                flow: genesis
                title: Our own
                steps:
                  - {id: one, title: One}
                """);
        publisher.publishFiles(List.of(own));
        assertThat(store.current()).containsEntry("genesis", 2);
        assertThat(flows.find("genesis", 1)).contains(Definition.builtIn().flow());
        publisher.publishFiles(List.of(own));
        assertThat(store.current()).containsEntry("genesis", 2);
    }

    @Test
    void twoNodesThatPublishTheSameAtOnceMakeOneVersion() throws Exception {
        publish("Tour");
        List<Published> published = atOnce(
                () -> new Publisher(store, clock, Ids.random()).publishFiles(List.of(tour("A tour"))),
                () -> new Publisher(store, clock, Ids.random()).publishFiles(List.of(tour("A tour"))));
        assertThat(published)
                .filteredOn(one -> one.flow().equals("tour"))
                .extracting(Published::version)
                .containsExactly(2, 2);
        assertThat(store.find("tour").orElseThrow().versions()).hasSize(2);
        assertThat(database.query("SELECT count(*) FROM onboarding_releases WHERE flow = 'tour'"))
                .containsExactly("2");
    }

    @Test
    void twoNodesThatPublishDifferentThingsAtOnceMakeTwoVersions() throws Exception {
        List<Published> published = atOnce(
                () -> List.of(publish("Tour")),
                () -> List.of(new Publisher(Database.open(database.dataSource()).flows(), clock, Ids.random())
                        .publish(tour("A tour"), Wish.PUBLISH, Origin.API)));
        assertThat(published).extracting(Published::version).containsExactlyInAnyOrder(1, 2);
        assertThat(store.current()).containsEntry("tour", 2);
    }

    @Test
    void aRowThatWasEditedIsRefusedAndNeverServed() {
        publish("Tour");
        publish("A tour");
        database.execute("""
                UPDATE onboarding_flow_versions SET definition = replace(definition, 'A tour', 'A detour')
                WHERE flow = 'tour' AND version = 2
                """);
        assertThatExceptionOfType(FlowUnusableException.class)
                .isThrownBy(() -> flows.find("tour"))
                .withMessageContaining("version 2 of the flow tour is no longer what was published");
        assertThat(flows.find("tour", 1)).map(Flow::title).contains("Tour");
        assertThat(flows.all()).extracting(Flow::id).doesNotContain("tour");
        assertThat(unusable).hasSize(1);
    }

    @Test
    void findingAFlowReadsNoOther() {
        publish("Tour");
        publisher.publish(Definition.builtIn(), Wish.PUBLISH, Origin.COMMAND);
        edit("Tour", "Detour");
        assertThat(flows.find("genesis")).isPresent();
        assertThat(unusable).as("what is read is told where it is damaged").isEmpty();
        assertThat(flows.all()).extracting(Flow::id).containsExactly("genesis");
        assertThat(unusable).hasSize(1);
    }

    @Test
    void whatCannotBeServedIsReadAgainAfterASecondOrWhereSomethingWasPublished() {
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

        PublishedFlows others = new PublishedFlows(store, clock, unusable::add);
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
    void whatNewerSoftwarePublishedIsRefusedWithoutHarmToTheOthers() {
        publisher.publishFiles(List.of());
        publish("Tour");
        String newer =
                "{\"flow\":\"tour\",\"title\":\"Tour\",\"colour\":\"red\",\"steps\":[{\"id\":\"a\",\"title\":\"A\"}]}";
        database.execute("UPDATE onboarding_flow_versions SET definition = '" + newer + "', hash = '"
                + new Definition(tour("Tour").flow(), newer).hash() + "' WHERE flow = 'tour'");
        assertThatExceptionOfType(FlowUnusableException.class)
                .isThrownBy(() -> flows.find("tour"))
                .withMessageContaining("colour is not known here");
        assertThat(flows.all()).extracting(Flow::id).containsExactly("genesis");
    }

    @Test
    void aReleaseIsFollowedWithinASecondAndAtOnceWhereItWasMade() {
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
    void cleanupSeesTheRetentionOfAPublishedFlow() {
        publish("Tour", "retention_hours: 72");
        dev.onward.session.Sessions there =
                new dev.onward.session.Sessions(flows, database.database().sessions(), clock, Ids.random());
        String id = there.start(Start.of("tour")).journey().session().id();
        String twoDaysAgo = database.sql(
                "strftime('%Y-%m-%d %H:%M:%f', 'now', '-48 hours') || '000'", "now() - interval '48 hours'");
        database.execute("UPDATE onboarding_sessions SET created_at = " + twoDaysAgo);
        Cleanup cleanup = new Cleanup(database.database().retention());
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
    private static List<Published> atOnce(Callable<List<Published>>... nodes) throws Exception {
        CyclicBarrier together = new CyclicBarrier(nodes.length);
        List<Published> published = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes.length)) {
            List<Future<List<Published>>> running = new ArrayList<>();
            for (Callable<List<Published>> node : nodes) {
                running.add(threads.submit(() -> {
                    together.await();
                    return node.call();
                }));
            }
            for (Future<List<Published>> one : running) {
                published.addAll(one.get());
            }
        }
        return published;
    }

    private Published publish(String title, String... lines) {
        return publisher.publish(tour(title, lines), Wish.PUBLISH, Origin.API);
    }

    private static Definition tour(String title, String... lines) {
        return Definition.of("tour.yaml", """
                flow: tour
                title: %s
                %s
                steps:
                  - {id: one, title: One}
                """.formatted(title, String.join("\n", lines)));
    }
}
