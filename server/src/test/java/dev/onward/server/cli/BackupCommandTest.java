package dev.onward.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupCommandTest {
    private static final String URL = "postgresql://an%20n:s3cret@db1:5432,db2/on%27ward?sslmode=require"
            + "&targetServerType=primary&currentSchema=theirs&socketTimeout=7";
    private static final String ADDRESS =
            "--dbname=postgresql://an%20n@db1:5432,db2/on%27ward?sslmode=require&target_session_attrs=primary";

    @TempDir
    private Path folder;

    private TestConsole console;

    @BeforeEach
    void open() {
        console = new TestConsole(folder);
    }

    @Test
    void printsTheExactPgDumpCommandWithoutAPassword() throws Exception {
        assertThat(console.with("ONWARD_DB", URL).run("backup", "it's.dump")).isZero();

        assertThat(console.out()).hasLineCount(1).doesNotContain("s3cret");
        assertThat(words(console.out()))
                .containsExactly(
                        "pg_dump",
                        "--format=custom",
                        "--no-owner",
                        "--no-privileges",
                        "--schema=theirs",
                        "--file=" + folder.resolve("it's.dump"),
                        ADDRESS);
    }

    @Test
    void printsTheExactPgRestoreCommandWithoutAPassword() throws Exception {
        assertThat(console.with("ONWARD_DB", URL).run("restore", "it's.dump")).isZero();

        assertThat(console.out()).hasLineCount(1).doesNotContain("s3cret");
        assertThat(words(console.out()))
                .containsExactly(
                        "pg_restore",
                        "--single-transaction",
                        "--exit-on-error",
                        "--no-owner",
                        "--no-privileges",
                        ADDRESS,
                        folder.resolve("it's.dump").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore"})
    void acceptsExactlyOneFile(String command) {
        assertThat(console.run(command)).isEqualTo(2);
        assertThat(console.err()).contains("one FILE").hasLineCount(1);
        assertThat(console.run(command, "a", "b")).isEqualTo(2);
        assertThat(console.err()).contains("one FILE").hasLineCount(1);
    }

    @Test
    void failsIfThereIsNoDatabaseYet() {
        assertThat(console.run("backup", "--db", "sqlite:" + folder.resolve("onward.db"), "copy.db"))
                .isEqualTo(1);
        assertThat(console.err()).contains("no database", "onward.db").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    /** Splits a command as a shell does. */
    private static List<String> words(String command) throws IOException, InterruptedException {
        String print =
                "pg_dump() { printf '%s\\n' pg_dump \"$@\"; }; pg_restore() { printf '%s\\n' pg_restore \"$@\"; }; ";
        Process shell = new ProcessBuilder("bash", "-c", print + command)
                .redirectErrorStream(true)
                .start();
        List<String> words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor()).isZero();
        return words;
    }
}
