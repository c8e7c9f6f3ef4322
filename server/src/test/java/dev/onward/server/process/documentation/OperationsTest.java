package dev.onward.server.process.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in docs/operations.md work as written. */
@Tag("sqlite")
class OperationsTest {
    private static final Path PAGE = Path.of("../docs/operations.md");

    @TempDir
    private Path folder;

    @Test
    void backupAndRestoreWorkAsWritten() throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        try (Terminal terminal = Terminal.in(folder)) {
            for (String line : Terminal.commands(Files.readString(PAGE))) {
                answers.put(line, terminal.run(line));
                if (line.startsWith("./onward backup")) {
                    String later = terminal.run("curl -s -X POST http://127.0.0.1:8080/api/onboarding/start");
                    assertThat(later).as("the server goes on").contains("session_id");
                    restoreIsRefused();
                }
            }
        }

        assertThat(answers.keySet())
                .anyMatch(line -> line.startsWith("./onward restore"))
                .anyMatch(line -> line.startsWith("kill "));
        List<String> stats = answers.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("./onward stats"))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(stats).hasSize(1);
        assertThat(stats.getFirst().lines().skip(1)).first().asString().matches("genesis +Genesis +1 .*");
    }

    private void restoreIsRefused() {
        ProcessResult rejected = ServerProcess.run(
                "restore",
                folder.resolve("onward-backup.db").toString(),
                "--db",
                "sqlite:" + folder.resolve("data/onward.db"));
        assertThat(rejected.exitCode()).isEqualTo(1);
        assertThat(rejected.err()).contains("is serving", "process").hasLineCount(1);
    }
}
