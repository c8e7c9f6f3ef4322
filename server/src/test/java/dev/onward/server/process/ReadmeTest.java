package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md says works as written, line by line. */
@Tag("sqlite")
class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final Pattern TOUR = Pattern.compile("## A tour in 60 seconds\n(.*?)\n## ", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final String SERVE = "./onward serve";
    private static final String USUAL_PORT = "8080";

    @TempDir
    private Path folder;

    private final CurlLines curl = new CurlLines();
    private final List<ServerProcess> servers = new ArrayList<>();
    private String port = "0";

    /** The launcher, without the build. */
    @BeforeEach
    void putLauncher() throws IOException {
        String command = ServerProcess.java(List.of()).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Path launcher =
                Files.writeString(folder.resolve("onward"), "#!/usr/bin/env bash\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void stop() {
        servers.forEach(ServerProcess::close);
    }

    @Test
    void theTourWorksWordForWord() throws Exception {
        List<String> answers = new ArrayList<>();
        for (String line : tour()) {
            answers.add(does(line));
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
        assertThat(servers).as("started twice").hasSize(2);
    }

    @Test
    void theTableOfSettingsIsComplete() throws IOException {
        String readme = Files.readString(README);
        for (Setting setting : Setting.values()) {
            String option = setting.option().map(name -> "`" + name + "` ").orElse("");
            String row = "| " + option + "| `" + setting.variable() + "` | `" + setting.key() + "` | ";
            assertThat(readme).contains(row);
            if (!setting.fallback().isEmpty()) {
                assertThat(readme).contains(row + "`" + setting.fallback() + "` | ");
            }
        }
    }

    private static List<String> tour() throws IOException {
        String tour = TOUR.matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<String> lines = COMMANDS.matcher(tour)
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("```"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        return lines;
    }

    private String does(String line) throws Exception {
        if (line.equals(SERVE)) {
            return serve();
        }
        String here = line.replace(":" + USUAL_PORT, ":" + port);
        return here.startsWith("curl ") ? curl.send(here, folder) : bash(here);
    }

    /** Each time on the port that the first start took. */
    private String serve() {
        ServerProcess server =
                ServerProcess.start(folder, Map.of("ONWARD_PORT", port), List.of("bash", "-c", "exec " + SERVE));
        servers.add(server);
        port = Integer.toString(server.address().getPort());
        return server.out();
    }

    private String bash(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + said).isZero();
        if (line.startsWith("kill ")) {
            servers.getLast().awaitEnd();
        }
        return said;
    }
}
