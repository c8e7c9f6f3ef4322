package dev.onward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    @Test
    void endsWithTheJvmThatStartedIt() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long child = Long.parseLong(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();

        ProcessHandle.of(child).ifPresent(left -> {
            assertThat(left.onExit()).succeedsWithin(java.time.Duration.ofSeconds(30));
        });
    }

    /** Another JVM. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            Process child = new ProcessBuilder(List.of("sleep", "600"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            System.out.println(ChildProcess.endingWithThisJvm(child).pid());
        }
    }
}
