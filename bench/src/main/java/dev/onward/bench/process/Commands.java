package dev.onward.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs other programs, in the run's own folder and without the user's settings. All of them end with the benchmark. */
public record Commands(BenchResources benchResources, Path folder) {
    private static final long TIMEOUT_SECONDS = 10;
    private static final String SETTINGS = "ONWARD_";

    /**
     * Runs a program to its end.
     *
     * @return its output, stderr included
     */
    public String run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /** @throws BenchException if the program fails; the message holds its output */
    public String run(Map<String, String> environment, List<String> command) {
        try {
            Process process =
                    builder(environment, command).redirectErrorStream(true).start();
            BenchResources.BenchResource running = () -> end(process);
            benchResources.register(running);
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            benchResources.unregister(running);
            if (exitCode != 0) {
                throw new BenchException(command.getFirst() + " ended with " + exitCode + ":\n" + printed.strip());
            }
            return printed;
        } catch (IOException e) {
            throw new BenchException(command.getFirst() + " failed to start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    /** Starts a program in the background. Its output goes to two files of this name. */
    public ChildProgram start(Map<String, String> environment, List<String> command, String name) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            ChildProgram running = new ChildProgram(
                    builder(environment, command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
            benchResources.register(running);
            return running;
        } catch (IOException e) {
            throw new BenchException(command.getFirst() + " failed to start: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith(SETTINGS));
        builder.environment().putAll(environment);
        return builder;
    }

    public void end(ChildProgram running) {
        benchResources.end(running);
    }

    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
