package dev.onward.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs other programs, in a folder of the run's own and without the settings of whoever runs it. None of them outlives the
 * benchmark.
 */
record Commands(BenchResources benchResources, Path folder) {
    private static final long PATIENCE_SECONDS = 10;
    private static final String SETTINGS = "ONWARD_";

    /**
     * Runs a program to its end.
     *
     * @return what it printed, errors included
     */
    String run(String... command) {
        return run(Map.of(), List.of(command));
    }

    /** @throws BenchException with what it printed, where it fails */
    String run(Map<String, String> environment, List<String> command) {
        try {
            Process process =
                    builder(environment, command).redirectErrorStream(true).start();
            BenchResources.Thing running = () -> end(process);
            benchResources.keep(running);
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            benchResources.forget(running);
            if (exitCode != 0) {
                throw new BenchException(command.getFirst() + " ended with " + exitCode + ":\n" + printed.strip());
            }
            return printed;
        } catch (IOException e) {
            throw new BenchException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
    }

    /** Starts a program that runs until it is ended; what it says goes to two files of this name. */
    ChildProgram start(Map<String, String> environment, List<String> command, String name) {
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
            benchResources.keep(running);
            return running;
        } catch (IOException e) {
            throw new BenchException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith(SETTINGS));
        builder.environment().putAll(environment);
        return builder;
    }

    void end(ChildProgram running) {
        benchResources.end(running);
    }

    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
