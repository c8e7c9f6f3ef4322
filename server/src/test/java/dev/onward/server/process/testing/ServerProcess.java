package dev.onward.server.process.testing;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code onward serve} in its own process, on any free port. Closing it kills the process. */
public final class ServerProcess implements AutoCloseable {
    /** The beginning of the last line of the startup message. */
    private static final String LAST_LINE = "  first ";

    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Lines out;
    private final Lines err;
    private final URI address;

    /** The result of a process that did not serve. */
    public record ProcessResult(int exitCode, String out, String err) {}

    private ServerProcess(Process process, Lines out, Lines err, URI address) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.address = address;
    }

    /** Starts a server and waits until it prints its address. */
    public static ServerProcess start(String database, String... options) {
        return start(Map.of(), database, options);
    }

    public static ServerProcess start(Map<String, String> environment, String database, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--db", database));
        arguments.addAll(Arrays.asList(options));
        return start(environment, java(arguments));
    }

    /** Starts a server on the given port. */
    public static ServerProcess startAt(int port, String database) {
        return start(Map.of(), java(List.of("serve", "--port", Integer.toString(port), "--db", database)));
    }

    /** Starts a server with any command line. */
    public static ServerProcess start(Map<String, String> environment, List<String> command) {
        return start(Path.of(""), environment, command);
    }

    public static ServerProcess start(Path folder, Map<String, String> environment, List<String> command) {
        Process process = launch(folder, environment, command);
        CompletableFuture<URI> address = new CompletableFuture<>();
        Lines err = Lines.of(process.errorReader(StandardCharsets.UTF_8), _ -> {});
        Lines out = Lines.of(process.inputReader(StandardCharsets.UTF_8), line -> {
            if (line.startsWith(LAST_LINE)) {
                address.complete(URI.create(line.replaceAll(".*(http://\\S+)/docs.*", "$1")));
            }
        });
        CompletableFuture<Boolean> _ = process.onExit()
                .thenApply(ended -> address.completeExceptionally(
                        new AssertionError("the server ended with " + ended.exitValue() + ": " + err.text())));
        try {
            return new ServerProcess(process, out, err, address.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("no address on stdout; stderr: " + err.text(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError(e);
        }
    }

    /** Runs a command to its end. */
    public static ProcessResult run(String... arguments) {
        return run(Map.of(), arguments);
    }

    public static ProcessResult run(Map<String, String> environment, String... arguments) {
        return run(environment, java(List.of(arguments)));
    }

    /** Runs a command to its end, with environment variables. */
    public static ProcessResult run(Map<String, String> environment, List<String> command) {
        Process process = launch(Path.of(""), environment, command);
        Lines out = Lines.of(process.inputReader(StandardCharsets.UTF_8), _ -> {});
        Lines err = Lines.of(process.errorReader(StandardCharsets.UTF_8), _ -> {});
        try {
            int exitCode = awaitEnd(process);
            return new ProcessResult(exitCode, out.whole(), err.whole());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The command that starts Onward from the classes under test. */
    public static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(ServerJava.command());
        command.addAll(arguments);
        return command;
    }

    public static String classPath() {
        return ServerJava.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Process launch(Path folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ONWARD_"));
            builder.environment().put("ONWARD_DRAIN", "1s");
            builder.environment().putAll(environment);
            return ChildProcess.endingWithThisJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** The output so far. */
    public String out() {
        return out.text();
    }

    /** The log so far; all of it once the process has ended. */
    public String log() {
        return process.isAlive() ? err.text() : err.whole();
    }

    /** Sends SIGKILL: the process cannot clean up. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends a signal. */
    public void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (awaitEnd(kill) != 0) {
                throw new AssertionError("no signal " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end of the process.
     *
     * @return the exit code
     */
    public int awaitEnd() {
        return awaitEnd(process);
    }

    private static int awaitEnd(Process process) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** The lines of a stream. A thread reads them as they arrive, so that the process never blocks. */
    private static final class Lines {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        private final Thread reader;

        private Lines(BufferedReader stream, Consumer<String> listener) {
            reader = Thread.ofPlatform().daemon().unstarted(() -> {
                try (stream) {
                    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                        lines.add(line);
                        listener.accept(line);
                    }
                } catch (IOException e) {
                    // The process was killed.
                }
            });
        }

        static Lines of(BufferedReader stream, Consumer<String> listener) {
            Lines lines = new Lines(stream, listener);
            lines.reader.start();
            return lines;
        }

        String text() {
            return String.join("\n", lines);
        }

        /** All lines, after the end of the stream. */
        String whole() {
            try {
                reader.join(10_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return text();
        }
    }
}
