package dev.onward.browser;

import dev.onward.testing.ChildProcess;
import dev.onward.testing.ServerJava;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * `onward serve` in its own process, on an SQLite file and the flows in `folder`. It can be killed and restarted on the
 * same address. Not thread-safe.
 */
final class RestartableServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:(\\d+)");
    private static final long TIMEOUT_SECONDS = 30;

    private final Path folder;
    private Process process;
    private URI address;

    private RestartableServer(Path folder, Process process, URI address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    public static RestartableServer start(Path folder) {
        Process process = launch(folder, 0);
        return new RestartableServer(folder, process, addressOf(process));
    }

    public URI address() {
        return address;
    }

    Path database() {
        return folder.resolve("onward.db");
    }

    /** Sends SIGKILL: the process cannot clean up. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void startAgain() {
        process = launch(folder, address.getPort());
        address = addressOf(process);
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private static Process launch(Path folder, int port) {
        List<String> command = new ArrayList<>(ServerJava.command());
        command.addAll(1, List.of("-Duser.language=tr", "-Duser.country=TR"));
        command.addAll(List.of("serve", "--port", Integer.toString(port)));
        command.addAll(List.of("--db", "sqlite:" + folder.resolve("onward.db")));
        command.addAll(List.of("--flows", folder.resolve("flows").toString()));
        try {
            return ChildProcess.endingWithThisJvm(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log(folder)))
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for the line with the server's address, and discards the output after it. */
    private static URI addressOf(Process process) {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> readOutput(process, address));
        try {
            return address.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            process.destroyForcibly();
            throw new AssertionError("The server did not say where it listens.", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }

    private static void readOutput(Process process, CompletableFuture<URI> address) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.find()) {
                    address.complete(URI.create(matcher.group()));
                }
            }
        } catch (IOException closed) {
            output.append(closed.getMessage());
        }
        address.completeExceptionally(
                new AssertionError("The server ended; server.log beside its database says why. Its output: " + output));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The server did not end.");
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }

    private static File log(Path folder) {
        return folder.resolve("server.log").toFile();
    }
}
