package dev.onward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    private Path folder;

    private TestConsole console;

    @BeforeEach
    void open() {
        console = new TestConsole(folder);
    }

    @Test
    void helpListsTheCommands() {
        assertThat(console.run("--help")).isZero();
        assertThat(console.out()).contains("migrate", "cleanup", "stats", "doctor");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void theHelpOfACommandListsItsOptionsAndDefaults() {
        assertThat(console.run("doctor", "--help")).isZero();
        assertThat(console.out())
                .contains(
                        "--port=PORT",
                        "Default: 8080",
                        "--db=URL",
                        "Default: sqlite:./data/onward.db",
                        "--config=FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "cleanup", "stats", "flows", "doctor", "backup", "restore"})
    void theHelpIndentsContinuationLines(String command) {
        assertThat(console.run(command, "--help")).isZero();
        String options = console.out().substring(console.out().indexOf("\n\n") + 2);
        assertThat(options.lines())
                .allSatisfy(line -> assertThat(line).startsWith("  ").hasSizeLessThanOrEqualTo(110));
    }

    @Test
    void warnsInOneLineAboutAnUnknownVariable() {
        console.with("ONWARD_PROT", "1").with("ONWARD_AOT", "off");

        console.run("stats");

        assertThat(console.err().lines().filter(line -> line.contains("is not a setting")))
                .singleElement()
                .asString()
                .contains("ONWARD_PROT");
    }

    @Test
    void theVersionIncludesTheJavaVersion() {
        assertThat(console.run("--version")).isZero();
        assertThat(console.out())
                .startsWith("onward ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void withoutACommandPrintsTheHelpAndFails() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err()).contains("Usage: ./onward");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "stats --jsn", "stats --db", "stats x", "serv --port 1"})
    void reportsAUsageErrorInOneLine(String arguments) {
        assertThat(console.run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(console.err()).startsWith("onward: ").contains("--help").hasLineCount(1);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void reportsAnInvalidSettingInOneLineAsAUsageError() {
        console.with("ONWARD_PORT", "x");

        assertThat(console.run("stats")).isEqualTo(2);
        assertThat(console.err())
                .contains("setting port (environment variable ONWARD_PORT)")
                .hasLineCount(1);
    }

    @Test
    void readsTheSettingsFileOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("onward.yaml"), "prot: 1\n");

        assertThat(console.run("stats")).isEqualTo(2);
        assertThat(console.err()).contains("onward.yaml line 1").hasLineCount(1);
    }

    @Test
    void readsAnotherSettingsFile() throws IOException {
        Files.writeString(folder.resolve("onward.yaml"), "prot: 1\n");
        Files.writeString(folder.resolve("mine.yaml"), "port: x\n");

        assertThat(console.run("stats", "--config", "mine.yaml")).isEqualTo(2);
        assertThat(console.err()).contains("mine.yaml line 1").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "cleanup"})
    void createsNoDatabaseForACommandThatNeedsOne(String command) {
        Path file = folder.resolve("none/onward.db");

        assertThat(console.run(command, "--db", "sqlite:" + file)).isEqualTo(1);
        assertThat(console.err()).contains(file.toString(), "./onward serve").hasLineCount(1);
        assertThat(file.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "cleanup", "migrate"})
    void reportsAnUnreachableDatabaseInOneLineWithoutItsPassword(String command) {
        assertThat(console.run(command, "--db", "postgresql://ann:s3cret@127.0.0.1:1/onward", "--db-wait", "0s"))
                .isEqualTo(1);
        assertThat(console.err())
                .contains("PostgreSQL cannot be reached at postgresql://ann@127.0.0.1:1/onward")
                .doesNotContain("s3cret")
                .hasLineCount(1);
    }

    @Test
    void reportsAnInvalidDatabaseFileInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear reader, this is no database. ".repeat(40));

        assertThat(console.run("stats", "--db", "sqlite:" + file)).isEqualTo(1);
        assertThat(console.err()).startsWith("onward: ").hasLineCount(1);
    }
}
