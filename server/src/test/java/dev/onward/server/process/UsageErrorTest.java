package dev.onward.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.process.testing.ServerProcess;
import dev.onward.server.process.testing.ServerProcess.ProcessResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage errors, and a missing database: one line with the next action, and an exit code. */
class UsageErrorTest {
    @Test
    void aPortInUse(@TempDir Path folder) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());

            ProcessResult ended =
                    ServerProcess.run("serve", "--port", port, "--db", "sqlite:" + folder.resolve("onward.db"));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).contains("127.0.0.1 port " + port, "--port").hasLineCount(1);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeCreated() {
        ProcessResult ended = ServerProcess.run("serve", "--port", "0", "--db", "sqlite:/dev/null/x/onward.db");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("The folder /dev/null/x cannot be created or written", "--db")
                .hasLineCount(1);
    }

    @Test
    void anInvalidAddress() {
        ProcessResult ended = ServerProcess.run("serve", "--port", "0", "--db", "mysql://ann:s3cret@db/onward");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("setting db (option --db)", "sqlite:FILE", "postgresql://user[:password]@host")
                .doesNotContain("s3cret")
                .hasLineCount(1);
    }

    @Test
    void anUnresponsiveDatabase() {
        ProcessResult ended = ServerProcess.run(
                Map.of("ONWARD_DB", "postgresql://ann:s3cret@127.0.0.1:1/onward", "ONWARD_DB_WAIT", "0s"),
                "serve",
                "--port",
                "0");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("PostgreSQL cannot be reached at postgresql://ann@127.0.0.1:1/onward (connection refused)")
                .doesNotContain("s3cret")
                .hasLineCount(1);
    }

    @Test
    void anInvalidSetting() {
        ProcessResult ended = ServerProcess.run(Map.of("ONWARD_CLEANUP_EVERY", "often"), "serve", "--port", "0");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("cleanup_every (environment variable ONWARD_CLEANUP_EVERY)", "\"often\"")
                .hasLineCount(1);
    }

    @Test
    void anUnknownCommand() {
        ProcessResult ended = ServerProcess.run("sevre");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("sevre", "onward --help").hasLineCount(1);
    }

    @Test
    void nothingIsPrintedToStderrWithoutAnError() {
        ProcessResult ended = ServerProcess.run("--version");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("onward ").hasLineCount(1);
        assertThat(ended.err()).isEmpty();
    }
}
