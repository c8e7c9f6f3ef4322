package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that cannot continue ends, and says why. */
@Tag("sqlite")
class ListenerFailureTest {
    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.SQLITE);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void endsTheProcessWithTheReasonIfAcceptingFails() throws Exception {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl())) {
            // The next connection needs a file descriptor above the limit.
            limitDescriptors(server.pid(), openDescriptors(server.pid()));
            new Socket(InetAddress.getLoopbackAddress(), server.address().getPort()).close();

            assertThat(server.awaitEnd()).isEqualTo(1);
            assertThat(server.log().lines().filter(line -> line.startsWith("onward: ")))
                    .singleElement()
                    .asString()
                    .contains("The listener has stopped", "Too many open files");
        }
    }

    @Test
    void endsTheProcessIfItsMemoryIsExhausted() throws Exception {
        List<String> command = new ArrayList<>(launcherOptions());
        assertThat(command).contains("-XX:+ExitOnOutOfMemoryError");
        // The last option wins: too little memory for any server.
        command.add("-Xmx6m");
        command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", ServerProcess.classPath(), "dev.onward.server.Main"));
        command.addAll(List.of("serve", "--port", "0", "--db", database.jdbcUrl()));

        ServerProcess.ProcessResult ended = ServerProcess.run(Map.of(), command);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out() + ended.err()).contains("Terminating due to java.lang.OutOfMemoryError");
    }

    private static List<String> launcherOptions() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", ". ../launcher/run.sh; printf '%s\\n' \"${jvm_options[@]}\"")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> options = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        return options;
    }

    private static long openDescriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        }
    }

    private static void limitDescriptors(long pid, long most) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--nofile=" + most + ":" + most)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
