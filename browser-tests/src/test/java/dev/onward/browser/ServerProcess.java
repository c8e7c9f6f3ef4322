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
 * `onward serve` in a process of its own, on an SQLite file and the flows in `folder`. It can be killed and started
 * again: the address stays the same. Not for use by several threads at once.
 */
final class ServerProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:(\\d+)");
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private Process process;
    private URI address;

    private ServerProcess(Path folder, Process process, URI address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    public static ServerProcess start(Path folder) {
        Process process = launch(folder, 0);
        return new ServerProcess(folder, process, addressOf(process));
    }

    public URI address() {
        return address;
    }

    Path database() {
        return folder.resolve("onward.db");
    }

    /** SIGKILL: nothing in the process gets to tidy up. */
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

    /** Waits for the line that says where the server listens; what follows on its output is read and let go. */
    private static URI addressOf(Process process) {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> readOutput(process, address));
        try {
            return address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            process.destroyForcibly();
            throw new AssertionError("The server did not say where it listens.", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interruption);
        }
    }

    private static void readOutput(Process process, CompletableFuture<URI> address) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.find()) {
                    address.complete(URI.create(matcher.group()));
                }
            }
        } catch (IOException closed) {
            said.append(closed.getMessage());
        }
        address.completeExceptionally(
                new AssertionError("The server ended; server.log beside its database says why. It had said: " + said));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
