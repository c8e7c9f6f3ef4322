package dev.onward.server.process.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in README.md work as written. */
@Tag("sqlite")
class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final String SECTION = "## %s\n(.*?)\n## ";

    @TempDir
    private Path folder;

    @Test
    void theTourWorksAsWritten() throws Exception {
        List<String> answers = new ArrayList<>();
        try (Terminal terminal = Terminal.in(folder)) {
            for (String line : Terminal.commands(section("A tour in 60 seconds"))) {
                answers.add(terminal.run(line));
            }
            assertThat(answers).hasSizeGreaterThan(5);
            assertThat(terminal.starts()).isEqualTo(2);
        }

        assertThat(answers).noneMatch(answer -> answer.contains("urn:onward:problem"));
        assertThat(answers)
                .anyMatch(answer -> answer.contains("\"message\":\"Welcome to kgents! Your journey begins.\""));
        assertThat(answers)
                .as("status after the kill")
                .anyMatch(answer -> answer.contains("\"current_step\":\"completed\"")
                        && answer.contains("\"first_declaration\":\"I believe that good tools make people kinder.\""));
        assertThat(answers).anyMatch(answer -> answer.contains("\"deleted_count\":0"));
        assertThat(answers.getLast()).contains("genesis", "100.0 %");
    }

    @Test
    void aRetryUnderItsKeyIsDoneOnceAsWritten() throws Exception {
        List<String> answers = new ArrayList<>();
        try (Terminal terminal = Terminal.in(folder)) {
            terminal.run("./onward serve");
            for (String line : Terminal.commands(section("Retries and concurrent changes"))) {
                answers.add(terminal.run(line));
            }
        }

        assertThat(answers).hasSize(2).allMatch(answer -> answer.contains("\"session_id\":"));
        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    }

    @Test
    void theTableOfSettingsIsComplete() throws IOException {
        String readme = Files.readString(README);
        for (Setting setting : Setting.values()) {
            String option = setting.option().map(name -> "`" + name + "` ").orElse("");
            String row = "| " + option + "| `" + setting.variable() + "` | `" + setting.key() + "` | ";
            assertThat(readme).contains(row);
            if (!setting.defaultValue().isEmpty()) {
                assertThat(readme).contains(row + "`" + setting.defaultValue() + "` | ");
            }
        }
    }

    private static String section(String title) throws IOException {
        return Pattern.compile(SECTION.formatted(title), Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
