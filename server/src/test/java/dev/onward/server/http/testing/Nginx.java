package dev.onward.server.http.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real nginx before a server, with the documented configuration. It must be installed. */
public final class Nginx implements AutoCloseable {
    private static final Path DOCUMENTED = Path.of("../docs/nginx.conf");
    private static final List<Path> PLACES = Stream.concat(
                    Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin"),
                    Stream.of(System.getenv("PATH").split(":", -1)))
            .map(folder -> Path.of(folder, "nginx"))
            .toList();

    /** The configuration of a distribution around the files in conf.d, with all files in the test's folder. */
    private static final String MAIN = """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
                access_log %1$s/access.log;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                include %1$s/onward.conf;
            }
            """;

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts nginx on a free port. It changes only the two addresses in the documented file. */
    public static Nginx before(int server, Path folder) {
        try {
            int port = freePort();
            String documented = Files.readString(DOCUMENTED);
            String changed = documented
                    .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                    .replace("server 127.0.0.1:8080;", "server 127.0.0.1:" + server + ";");
            Files.writeString(folder.resolve("onward.conf"), changed);
            Path main = Files.writeString(folder.resolve("nginx.conf"), MAIN.formatted(folder.toAbsolutePath()));
            Nginx started = new Nginx(launch(main, folder), folder, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(started::accepts);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path main, Path folder) throws IOException {
        Path program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nginx is not installed: apt-get install nginx-light"));
        return new ProcessBuilder(
                        program.toString(), "-c", main.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean accepts() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("nginx ended: " + Files.readString(folder.resolve("output.log")));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
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
