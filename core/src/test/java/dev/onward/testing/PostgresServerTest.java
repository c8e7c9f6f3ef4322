package dev.onward.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgresql")
class PostgresServerTest {
    private static final String READY = "ready";

    @TempDir
    private Path folder;

    @Test
    void stopsEvenIfItsJvmIsKilled() throws Exception {
        Path data = folder.resolve("data");
        Process jvm = ChildProcess.endingWithThisJvm(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerStarter.class.getName(),
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try (var out = jvm.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().anyMatch(READY::equals)).isTrue();
            ProcessHandle server = ProcessHandle.of(postmaster(data)).orElseThrow();

            jvm.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            await().until(() -> !server.isAlive());
            await().until(() -> Files.notExists(data));
        }
    }

    private static long postmaster(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    }

    /** A JVM that starts a server and waits. */
    static final class ServerStarter {
        private ServerStarter() {}

        public static void main(String[] arguments) throws InterruptedException {
            PostgresServer.start(Path.of(arguments[0]), 0);
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
