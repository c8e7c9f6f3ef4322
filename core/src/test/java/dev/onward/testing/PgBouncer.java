package dev.onward.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PgBouncer in front of a test's database. Debian's package {@code pgbouncer} must be installed. */
public final class PgBouncer implements AutoCloseable {
    private static final List<Path> PLACES = Stream.concat(
                    Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"),
                    Stream.of(System.getenv("PATH").split(":", -1)))
            .map(folder -> Path.of(folder, "pgbouncer"))
            .toList();

    private final Process process;
    private final int port;
    private final String path;

    private PgBouncer(Process process, int port, String path) {
        this.process = process;
        this.port = port;
        this.path = path;
    }

    /**
     * Starts one that lends few connections to many; in session mode, one to each.
     *
     * @param mode {@code transaction} or {@code session}
     */
    public static PgBouncer start(TestDatabase database, String mode, Path folder) {
        URI direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try {
            int port = freePort();
            Path file = Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=127.0.0.1 port=%d user=postgres
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = %s
                    default_pool_size = %d
                    """.formatted(
                            direct.getPort(), port, mode, mode.equals("session") ? 32 : 4));
            // Started by root it becomes another user, who has to reach the file.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            PgBouncer started = new PgBouncer(launch(file), port, direct.getPath());
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(started::accepts);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path file) throws IOException {
        Path program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("pgbouncer is not installed: apt-get install pgbouncer"));
        List<String> command = System.getProperty("user.name").equals("root")
                ? List.of(program.toString(), "-u", "nobody", file.toString())
                : List.of(program.toString(), file.toString());
        return ChildProcess.endingWithThisJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new AssertionError("pgbouncer ended with " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The database's address through it. */
    public String url() {
        return "postgresql://postgres@127.0.0.1:" + port + path;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
