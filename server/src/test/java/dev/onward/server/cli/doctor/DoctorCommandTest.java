package dev.onward.server.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.server.cli.TestConsole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path folder;

    private TestConsole console;

    @BeforeEach
    void open() {
        console = new TestConsole(folder);
    }

    @Test
    void reportsNoProblemBeforeTheFirstStartAndCreatesNothing() {
        assertThat(doctor()).isZero();
        assertThat(console.out()).contains("the first start creates it").doesNotContain("✗");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void reportsAnOperatorKeyThatOthersCanRead() throws IOException {
        Path key = Files.writeString(folder.resolve("operator.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(doctor()).isEqualTo(1);
        assertThat(console.out()).contains("✗ operator's key: other users can read it. Run: chmod 600 " + key);
    }

    @Test
    void reportsAnUnreachableDatabaseAndGoesOn() {
        assertThat(console.run("doctor", "--db", "postgresql://ann:s3cret@127.0.0.1:1/onward"))
                .isEqualTo(1);
        assertThat(console.out())
                .contains("✓ Java", "✗ database: PostgreSQL cannot be reached", "✗ operator's key: none")
                .doesNotContain("s3cret");
    }

    @Test
    void aPortInUseIsNoProblem() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            console.with("ONWARD_PORT", Integer.toString(socket.getLocalPort()));

            assertThat(doctor()).isZero();
            assertThat(console.out()).contains("port " + socket.getLocalPort() + " is in use");
        }
    }

    @Test
    void reportsAMisspelledVariable() {
        console.with("ONWARD_PROT", "1").with("ONWARD_CONFIG", "").with("ONWARD_MODE", "local");

        assertThat(doctor()).isEqualTo(1);
        assertThat(console.out()).contains("✗ settings: the environment variable ONWARD_PROT");
        assertThat(console.out()).containsOnlyOnce("✗");
    }

    @Test
    void reportsFlowFilesThatCannotBePublished() throws IOException {
        Path flows = Files.createDirectory(folder.resolve("flows"));
        console.with("ONWARD_FLOWS", flows.toString());
        Files.writeString(flows.resolve("tour.yaml"), "flow: tour\ntitle: Tour\nsteps:\n  - {id: one, title: One}\n");
        assertThat(doctor()).isZero();
        assertThat(console.out()).contains("✓ flows: 1 file in " + flows + ", all valid");
        Files.writeString(flows.resolve("bad.yaml"), "flow: bad\n");
        assertThat(doctor()).isEqualTo(1);
        assertThat(console.out()).contains("✗ flows: " + flows.resolve("bad.yaml") + ":1: title is missing: add it.");
    }

    private int doctor() {
        return console.run("doctor", "--db", "sqlite:" + folder.resolve("onward.db"));
    }
}
