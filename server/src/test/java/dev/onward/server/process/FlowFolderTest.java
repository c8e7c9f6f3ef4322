package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowDefinition;
import dev.onward.server.process.testing.HttpApi;
import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.OnOneDatabase;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows as files in a folder. */
@OnOneDatabase
class FlowFolderTest {
    private static final String TOUR = """
            flow: tour
            title: A tour
            steps:
              - {id: one, title: One}
            """;

    @TempDir
    private Path folder;

    private final TestDatabase database;

    FlowFolderTest(DatabaseKind kind) {
        this.database = TestDatabase.empty(kind);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void publishesTheFilesOfAFolderAtTheStart() throws IOException {
        Files.writeString(folder.resolve("tour.yaml"), TOUR);
        Files.writeString(folder.resolve("setup.json"), """
                {"flow": "setup", "title": "Set up", "retention_hours": 72, "steps": [{"id": "one", "title": "One"}]}
                """);
        Files.writeString(folder.resolve("README.md"), "No flow.");
        try (ServerProcess server = execute();
                HttpApi api = new HttpApi(server.address())) {
            assertThat(server.out()).contains("flows  genesis (version 1), setup (version 1), tour (version 1)");
            assertThat(api.post("/api/onboarding/start", Map.of("flow", "setup"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(database.query("SELECT flow, current_version, retention_hours FROM onboarding_flows ORDER BY flow"))
                .containsExactly("genesis|1|", "setup|1|72", "tour|1|");
    }

    @Test
    void anEditedFileIsTheNextVersionAndAnOldOneDoesNotReturnByItself() throws IOException {
        Path file = Files.writeString(folder.resolve("tour.yaml"), TOUR);
        execute().close();
        execute().close();
        assertThat(versions()).containsExactly("tour|1");
        Files.writeString(file, TOUR.replace("A tour", "Another tour"));
        execute().close();
        assertThat(versions()).containsExactly("tour|1", "tour|2");
        Files.writeString(file, TOUR);
        try (ServerProcess server = execute()) {
            assertThat(server.out()).contains("tour (version 2)");
            assertThat(server.log()).contains("its file is version 1, but version 2 is current");
        }
        assertThat(versions()).containsExactly("tour|1", "tour|2");
    }

    @Test
    void doesNotReviewAPublishedFileAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("tour.yaml"), TOUR);
        execute().close();
        String rules = "A rule that came later refuses this text.";
        Files.writeString(file, rules);
        database.execute("UPDATE onboarding_flow_files SET hash = '" + FlowDefinition.hash(rules) + "'");
        try (ServerProcess server = execute()) {
            assertThat(server.out()).contains("tour (version 1)");
        }
        assertThat(database.query("SELECT flow FROM onboarding_flows WHERE from_file ORDER BY flow"))
                .containsExactly("genesis", "tour");
    }

    /**
     * With {@code -Donward.long=true}, this test runs alone and measures. It compares the best of several starts, because
     * whatever else the machine does only adds processor time.
     */
    @Test
    void aStartWithUnchangedFilesTakesHardlyLonger() throws IOException {
        boolean measured = Boolean.getBoolean("onward.long");
        int files = measured ? 1_000 : 20;
        int starts = measured ? 4 : 1;
        ServerProcess.start(database.jdbcUrl()).close();
        Duration without = bestOf(starts, () -> ServerProcess.start(database.jdbcUrl()));
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("tour-" + i + ".yaml"), TOUR.replace("flow: tour", "flow: tour-" + i));
        }
        execute().close();
        Duration with = bestOf(starts, this::execute);
        assertThat(database.query("SELECT count(*), count(DISTINCT flow) FROM onboarding_flow_files"))
                .containsExactly(files + "|" + files);
        if (measured) {
            assertThat(with.toMillis()).isLessThan(without.toMillis() * 13 / 10);
        }
    }

    private static Duration bestOf(int starts, Supplier<ServerProcess> start) {
        return IntStream.range(0, starts)
                .mapToObj(_ -> processorTimeOf(start.get()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration processorTimeOf(ServerProcess started) {
        try (started) {
            return ProcessHandle.of(started.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow();
        }
    }

    @Test
    void theStartupMessageNamesAtMostTwentyFlows() throws IOException {
        for (int i = 10; i < 35; i++) {
            Files.writeString(folder.resolve("tour-" + i + ".yaml"), TOUR.replace("flow: tour", "flow: tour-" + i));
        }
        try (ServerProcess server = execute()) {
            assertThat(server.out()).contains("tour-28 (version 1) and 6 more");
        }
    }

    @Test
    void oneInvalidFilePublishesNothingAndStopsTheStart() throws IOException {
        Files.writeString(folder.resolve("a-good.yaml"), TOUR);
        Files.writeString(folder.resolve("b-bad.yaml"), "flow: Bad\ntitle: 1\nsteps:\n  - {id: one}\n");
        Files.writeString(folder.resolve("c-twice.yml"), TOUR);
        Files.write(folder.resolve("d-latin.yaml"), new byte[] {'f', (byte) 0xe4});

        ProcessResult ended =
                ServerProcess.run("serve", "--port", "0", "--db", database.jdbcUrl(), "--flows", folder.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err().lines())
                .containsExactly(
                        folder + "/b-bad.yaml:1: flow must match [a-z][a-z0-9-]{0,31}: choose another.",
                        folder + "/b-bad.yaml:2: title must be text: quote it if it looks like another" + " type.",
                        folder + "/b-bad.yaml:4: steps[0].title is missing: add it.",
                        folder + "/c-twice.yml: flow is tour, which " + folder
                                + "/a-good.yaml defines: keep one of them.",
                        folder + "/d-latin.yaml: the flow is not UTF-8 text: save it as UTF-8.");
        database.database().migrations().migrate();
        assertThat(database.query("SELECT * FROM onboarding_flow_versions")).isEmpty();
    }

    @Test
    void reportsAMissingFolderInOneLine() {
        ProcessResult ended = ServerProcess.run(
                "serve",
                "--port",
                "0",
                "--db",
                database.jdbcUrl(),
                "--flows",
                folder.resolve("none").toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("none cannot be read", "--flows").hasLineCount(1);
    }

    private ServerProcess execute() {
        return ServerProcess.start(database.jdbcUrl(), "--flows", folder.toString());
    }

    private List<String> versions() {
        return database.query(
                "SELECT flow, version FROM onboarding_flow_versions WHERE flow = 'tour' ORDER BY version");
    }
}
