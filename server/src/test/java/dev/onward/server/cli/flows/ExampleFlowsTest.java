package dev.onward.server.cli.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.cli.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flows in examples/flows are valid. */
class ExampleFlowsTest {
    private static final Path EXAMPLES = Path.of("../examples/flows").toAbsolutePath();

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @Test
    void oneOfTheTwoExamplesHasBranches() throws IOException {
        assertThat(examples())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("developer-quickstart.yaml", "team-setup.yaml");
        assertThat(EXAMPLES.resolve("team-setup.yaml")).content().contains("when:");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleIsValid(Path example) {
        TestConsole console = new TestConsole(folder);
        assertThat(console.run("flows", "check", example.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.err()).isEmpty();
        String id = example.getFileName().toString().replace(".yaml", "");
        assertThat(console.out()).contains(": " + id + " is valid");
    }
}
