package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.server.process.testing.ServerProcess;
import dev.onward.testing.DatabaseKind;
import dev.onward.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process without file descriptors recovers; one without memory ends, and says why. */
@Tag("sqlite")
class ResourceLimitsTest {
    private static final int SPARE_DESCRIPTORS = 100;
    private static final int TIMEOUT_MS = 30_000;

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.SQLITE);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void servesAgainWhenFileDescriptorsAreFreeAgain() throws Exception {
        try (ServerProcess server = ServerProcess.start(database.jdbcUrl())) {
            long open = openDescriptors(server.pid());
            // The next connection needs a file descriptor above the limit.
            limitDescriptors(server.pid(), open);
            try (Socket waiting = connect(server)) {
                await().until(() -> server.log().contains("Too many open files"));
                limitDescriptors(server.pid(), open + SPARE_DESCRIPTORS);

                assertThat(answer(waiting)).startsWith("HTTP/1.1 200 ");
            }
            assertThat(server.log()).doesNotContain("Exception", "\tat ");
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

    private static Socket connect(ServerProcess server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long openDescriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        }
    }

    /** Sets the soft limit, which can be raised again. */
    private static void limitDescriptors(long pid, long max) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--nofile=" + max + ":")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
