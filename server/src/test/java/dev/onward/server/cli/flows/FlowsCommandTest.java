package dev.onward.server.cli.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.cli.TestConsole;
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
    void acceptsAValidFile() {
        assertThat(console.run("flows", "check", "good.yaml")).isZero();
        assertThat(console.out()).isEqualTo("good.yaml: tour is valid, 2 steps." + System.lineSeparator());
        assertThat(console.err()).isEmpty();
    }

    @Test
    void reportsEveryErrorOfAFileWithItsPosition() {
        assertThat(console.run("flows", "check", "good.yaml", "bad.json")).isEqualTo(1);
        assertThat(console.out()).contains("good.yaml: tour is valid");
        assertThat(console.err())
                .contains("bad.json:1: flow must match", "bad.json:3: steps[0].input.type is not JSON Schema");
    }

    @Test
    void reportsWarningsAboutSchemasWithLineAndKey() throws IOException {
        Files.writeString(folder.resolve("slips.yaml"), """
                flow: slips
                title: Slips
                steps:
                  - id: a
                    title: A?
                    input:
                      type: object
                      requried:
                        - name
                      properties:
                        name: {type: string, maxlength: 20}
                        mail: {type: string, format: e-mail}
                        plan: {enum: []}
                        seats: {type: integer, default: many}
                """);
        assertThat(console.run("flows", "check", "slips.yaml")).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("slips.yaml:8: warning: steps[0].input.requried is no"),
                        line -> assertThat(line)
                                .startsWith("slips.yaml:11: warning: steps[0].input.properties.name.maxl"),
                        line -> assertThat(line)
                                .startsWith("slips.yaml:12: warning: steps[0].input.properties.mail.form"),
                        line -> assertThat(line)
                                .startsWith("slips.yaml:13: steps[0].input.properties.plan.enum has no"),
                        line -> assertThat(line)
                                .startsWith("slips.yaml:14: warning: steps[0].input.properties.seats.de"));
    }

    @Test
    void acceptsAFileThatHasOnlyWarnings() throws IOException {
        Files.writeString(folder.resolve("phone.yaml"), """
                flow: phone
                title: Phone
                steps:
                  - {id: a, title: A?, input: {type: string, format: phone}}
                """);
        assertThat(console.run("flows", "check", "phone.yaml")).isZero();
        assertThat(console.out()).contains("phone.yaml: phone is valid, 1 step, 1 warning.");
        assertThat(console.err()).hasLineCount(1).contains("phone.yaml:4: warning: ", "is an unknown format");
    }

    @Test
    void reportsAMissingFileInOneLine() {
        assertThat(console.run("flows", "check", "none.yaml")).isEqualTo(1);
        assertThat(console.err()).hasLineCount(1).contains("none.yaml: the flow cannot be read");
    }

    @Test
    void checkingCreatesNoDatabase() {
        assertThat(console.run("flows", "check", "good.yaml")).isZero();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void reportsUsageErrorsInOneLine() {
        assertThat(console.run("flows", "check")).isEqualTo(2);
        assertThat(console.err()).hasLineCount(1).contains("./onward flows check FILE");
        assertThat(console.run("flows", "publish")).isEqualTo(2);
        assertThat(console.run("flows", "publish", "good.yaml", "bad.json")).isEqualTo(2);
        assertThat(console.run("flows", "list", "good.yaml")).isEqualTo(2);
        assertThat(console.run("flows", "rename", "good.yaml")).isEqualTo(2);
        assertThat(console.run("flows", "check", "good.yaml", "--dry-run")).isEqualTo(2);
        assertThat(console.run("flows")).isEqualTo(2);
    }
}
