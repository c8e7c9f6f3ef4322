package dev.onward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowsCommandTest {
    @TempDir
    Path folder;

    private TestConsole console;

    @BeforeEach
    void open() throws IOException {
        console = new TestConsole(folder);
        Files.writeString(folder.resolve("good.yaml"), """
                flow: tour
                title: A tour
                steps:
                  - {id: role, title: Your role, input: {enum: [maker, manager]}}
                  - {id: tools, title: Your tools, when: {role: {const: maker}}}
                """);
        Files.writeString(folder.resolve("bad.json"), """
                {"flow": "Tour",
                 "title": "A tour",
                 "steps": [{"id": "role", "title": "Role", "input": {"type": "objekt"}}]}
                """);
    }

    @Test
    void aGoodFileIsFine() {
        assertThat(console.run("flows", "check", "good.yaml")).isZero();
        assertThat(console.out()).isEqualTo("good.yaml: tour is fine, 2 steps." + System.lineSeparator());
        assertThat(console.err()).isEmpty();
    }

    @Test
    void aBadFileIsToldWithEveryErrorAndItsPlace() {
        assertThat(console.run("flows", "check", "good.yaml", "bad.json")).isEqualTo(1);
        assertThat(console.out()).contains("good.yaml: tour is fine");
        assertThat(console.err())
                .contains("bad.json:1: flow must match", "bad.json:3: steps[0].input.type is no JSON Schema");
    }

    @Test
    void aFileThatIsNotThereIsToldInOneLine() {
        assertThat(console.run("flows", "check", "none.yaml")).isEqualTo(1);
        assertThat(console.err()).hasLineCount(1).contains("none.yaml: the flow cannot be read");
    }

    @Test
    void checkingMakesNoDatabase() {
        assertThat(console.run("flows", "check", "good.yaml")).isZero();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void whatIsCalledWronglyIsToldInOneLine() {
        assertThat(console.run("flows", "check")).isEqualTo(2);
        assertThat(console.err()).hasLineCount(1).contains("onward flows check FILE");
        assertThat(console.run("flows", "publish")).isEqualTo(2);
        assertThat(console.run("flows", "publish", "good.yaml", "bad.json")).isEqualTo(2);
        assertThat(console.run("flows", "list", "good.yaml")).isEqualTo(2);
        assertThat(console.run("flows", "rename", "good.yaml")).isEqualTo(2);
        assertThat(console.run("flows", "check", "good.yaml", "--dry-run")).isEqualTo(2);
        assertThat(console.run("flows")).isEqualTo(2);
    }
}
