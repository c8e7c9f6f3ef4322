package dev.onward.server.process.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.definition.FlowReader;
import dev.onward.flow.Flow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and examples in docs/your-own-flow.md work as written. */
@Tag("sqlite")
class YourOwnFlowTest {
    private static final Path PAGE = Path.of("../docs/your-own-flow.md");
    private static final Pattern FLOW = Pattern.compile("into `([^`]+)`:\n\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("<(http://[^>]+)>");
    private static final Pattern KEY = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void thePageWorksAsWritten() throws Exception {
        String page = Files.readString(PAGE);
        List<String> answers = new ArrayList<>();
        try (Terminal terminal = Terminal.in(folder)) {
            for (String line : Terminal.commands(page)) {
                answers.add(terminal.run(line));
                if (line.startsWith("mkdir ")) {
                    writeFlow(page);
                }
            }
            var opened = ADDRESS.matcher(page);
            assertThat(opened.find()).isTrue();
            assertThat(get(terminal.actual(opened.group(1)))).contains("/web/onboarding/onboarding.js");
        }
        assertThat(answers).anyMatch(answer -> answer.contains("first-week is valid, 4 steps."));
        assertThat(answers)
                .anyMatch(answer ->
                        answer.contains("\"pointer\":\"\",\"detail\":\"must be a date, such as 2026-01-31\""));
        assertThat(answers.getLast())
                .contains("\"state\":\"finished\"", "\"completion_message\":\"See you on Monday.\"")
                .contains("\"answer\":\"Design\"", "\"answer\":\"2027-03-01\"", "\"state\":\"skipped\"");
    }

    /** An example that shows part of a step is inserted into a flow. */
    @Test
    void everyExampleIsAValidFlow() throws IOException {
        String page = Files.readString(PAGE);
        List<Flow> flows = YAML.matcher(page)
                .results()
                .map(found -> found.group(1))
                .map(text -> text.startsWith("flow:") ? text : "flow: part\ntitle: Part\nsteps:\n" + text)
                .map(text -> FlowReader.review("your-own-flow.md", text))
                .toList();
        assertThat(flows).hasSizeGreaterThan(2);
    }

    @Test
    void theTablesNameEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        List<String> named =
                KEY.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(named)
                .contains(
                        "flow",
                        "title",
                        "steps",
                        "completes",
                        "completes_early",
                        "completion_message",
                        "onboarding",
                        "retention_hours",
                        "in_flight",
                        "step_map")
                .contains(
                        "id", "description", "input", "optional", "revisable", "when", "creates", "celebration", "ui");
    }

    private void writeFlow(String page) throws IOException {
        var flow = FLOW.matcher(page);
        assertThat(flow.find()).isTrue();
        Files.writeString(folder.resolve(flow.group(1)), flow.group(2));
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
