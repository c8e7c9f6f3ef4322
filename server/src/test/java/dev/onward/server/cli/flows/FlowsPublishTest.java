package dev.onward.server.cli.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.publishing.PublishedFlowCatalog;
import dev.onward.publishing.Publisher;
import dev.onward.server.cli.TestConsole;
import dev.onward.session.SessionService;
import dev.onward.session.StartRequest;
import dev.onward.session.WriteConditions;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnEachDatabase;
import dev.onward.testing.TestDatabase;
import dev.onward.transition.IdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flows list} and {@code flows publish}. */
@OnEachDatabase
class FlowsPublishTest {
    private static final String FIRST = """
            flow: tour
            title: A tour
            steps:
              - {id: name, title: Name, input: {type: string}}
              - {id: last, title: Last}
            """;
    private static final String SECOND = """
            flow: tour
            title: Another tour
            in_flight: migrate
            steps:
              - {id: name, title: Name, input: {type: string, maxLength: 3}}
              - {id: last, title: Last}
            """;

    private final TestDatabase database;

    @TempDir
    private Path folder;

    private TestConsole console;

    FlowsPublishTest(DatabaseKind kind) {
        this.database = TestDatabase.migrated(kind);
    }

    @BeforeEach
    void open() throws IOException {
        console = new TestConsole(folder);
        Files.writeString(folder.resolve("first.yaml"), FIRST);
        Files.writeString(folder.resolve("second.yaml"), SECOND);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void listsTheBuiltInFlowAsBuiltIn() {
        new Publisher(database.database().flows(), InstantSource.system(), IdGenerator.random())
                .publishFiles(List.of());

        run("list");

        assertThat(lines()).containsExactly("genesis: Genesis; version 1, built in");
    }

    @Test
    void publishesAFileAsTheNextVersion() {
        assertThat(run("publish", "first.yaml")).isZero();
        assertThat(lines()).containsExactly("tour: version 1 is published and current.");
        assertThat(run("publish", "second.yaml")).isZero();
        assertThat(lines())
                .containsExactly(
                        "tour: version 2 is published and current.",
                        "Running servers are moving the open sessions. To see the progress: ./onward flows list");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void publishingAnUnchangedFileChangesNothing() {
        run("publish", "first.yaml");
        assertThat(run("publish", "first.yaml")).isZero();
        assertThat(lines()).containsExactly("tour: this is version 1, which is already current: nothing to change.");
    }

    @Test
    void returningToAnOldVersionRequiresMakeCurrent() {
        run("publish", "first.yaml");
        run("publish", "second.yaml");
        assertThat(run("publish", "first.yaml")).isZero();
        assertThat(lines())
                .containsExactly(
                        "tour: this is version 1, and version 2 stays current. To go back, add" + " --make-current.");
        assertThat(run("publish", "first.yaml", "--make-current", "--dry-run")).isZero();
        assertThat(lines()).first().isEqualTo("tour: version 1 would be current again.");
        assertThat(run("publish", "first.yaml", "--make-current")).isZero();
        assertThat(lines()).containsExactly("tour: version 1 is current again.");
        run("list");
        assertThat(lines()).containsExactly("tour: A tour; version 1 of 2");
    }

    @Test
    void returningToAVersionThatMovesSessionsSaysSo() throws IOException {
        Files.writeString(folder.resolve("moving.yaml"), FIRST + "in_flight: migrate\n");
        run("publish", "moving.yaml");
        assertThat(lines()).containsExactly("tour: version 1 is published and current.");
        run("publish", "second.yaml");
        run("publish", "moving.yaml", "--make-current");
        assertThat(lines())
                .containsExactly(
                        "tour: version 1 is current again.",
                        "Running servers are moving the open sessions. To see the progress: ./onward flows list");
    }

    @Test
    void aDryRunCountsTheSessionsThatCanMove() {
        run("publish", "first.yaml");
        named("Ada");
        named("Bob");
        String augusta = named("Augusta");
        assertThat(run("publish", "second.yaml", "--dry-run")).isZero();
        assertThat(lines())
                .containsExactly(
                        "tour: this would be version 2, and current.",
                        "3 sessions: 2 clean, 1 unmapped:",
                        "  " + augusta);
        assertThat(database.query("SELECT version FROM onboarding_flow_versions"))
                .containsExactly("1");
    }

    @Test
    void aDryRunExplainsTheOtherPolicies() throws IOException {
        run("publish", "first.yaml");
        assertThat(dryRun("pin")).isEqualTo("No open session is on another version.");
        named("Ada");
        assertThat(dryRun("pin")).isEqualTo("1 session: they keep their versions.");
        assertThat(dryRun("restart")).isEqualTo("1 session: new sessions would replace them.");
        assertThat(dryRun("exit")).isEqualTo("1 session: they would be dismissed.");
        assertThat(dryRun("migrate")).isEqualTo("1 session: 1 clean, 0 unmapped.");
    }

    private String dryRun(String policy) throws IOException {
        Files.writeString(folder.resolve("next.yaml"), FIRST + "in_flight: " + policy + "\n");
        assertThat(run("publish", "next.yaml", "--dry-run")).isZero();
        return lines().get(1);
    }

    @Test
    void reportsEveryErrorOfAnInvalidFileAndPublishesNothing() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "flow: Tour\ntitle: 1\nsteps: []\n");
        assertThat(run("publish", "bad.yaml")).isEqualTo(1);
        assertThat(console.err().lines())
                .containsExactly(
                        "bad.yaml:1: flow must match [a-z][a-z0-9-]{0,31}: choose another.",
                        "bad.yaml:2: title must be text: quote it if it looks like another type.",
                        "bad.yaml:3: steps must be a list with at least one entry: start each with a dash.");
        assertThat(console.out()).isEmpty();
        assertThat(database.query("SELECT * FROM onboarding_flow_versions")).isEmpty();
    }

    @Test
    void listsTheCurrentVersionAndVersionsThatCannotBeServed() {
        assertThat(run("list")).isZero();
        assertThat(lines()).containsExactly("No flow is published yet. The first start publishes genesis.");
        run("publish", "first.yaml");
        run("publish", "second.yaml");
        assertThat(run("list")).isZero();
        assertThat(lines()).containsExactly("tour: Another tour; version 2; rolling out, 0 sessions moved so far");
        database.execute("UPDATE onboarding_releases SET left_behind = 3 WHERE finished_at IS NULL");
        run("list");
        assertThat(lines())
                .containsExactly("tour: Another tour; version 2; rolling out, 0 sessions moved so far, 3 not");
        database.execute("UPDATE onboarding_releases SET finished_at = released_at, moved = 1180, left_behind = 24");
        run("list");
        assertThat(lines())
                .containsExactly(
                        "tour: Another tour; version 2; rolled out, 1,180 sessions moved, 24 kept their version");
        database.execute("UPDATE onboarding_flows SET from_file = true");
        database.execute("UPDATE onboarding_flow_versions SET definition = '{}' WHERE version = 2");
        run("list");
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("tour: cannot be served! In the database, version 2 of the flow tour was changed")
                .contains("from a file");
    }

    @Test
    void warnsIfTheFlowAlsoComesFromAFile() {
        run("publish", "first.yaml");
        database.execute("UPDATE onboarding_flows SET from_file = true WHERE flow = 'tour'");
        assertThat(run("publish", "second.yaml")).isZero();
        assertThat(lines()).last().isEqualTo("This flow comes from a server's file: change that file too.");
    }

    @Test
    void withoutADatabaseNamesTheNextAction() {
        try (TestDatabase empty = TestDatabase.empty(database.kind())) {
            assertThat(console.run("flows", "publish", "first.yaml", "--db", empty.jdbcUrl()))
                    .isEqualTo(1);
            assertThat(console.err()).hasLineCount(1).contains("onward ");
        }
    }

    private String named(String name) {
        PublishedFlowCatalog flows =
                new PublishedFlowCatalog(database.database().flows(), System::nanoTime, _ -> {});
        SessionService sessions =
                new SessionService(flows, database.database().sessions(), InstantSource.system(), IdGenerator.random());
        String id =
                sessions.start(StartRequest.of("tour")).onboarding().session().id();
        sessions.submit(id, "name", name, WriteConditions.none());
        return id;
    }

    private List<String> lines() {
        return console.out().lines().toList();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("flows"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--db", database.jdbcUrl()));
        return console.run(all.toArray(String[]::new));
    }
}
