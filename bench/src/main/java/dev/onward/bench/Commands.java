package dev.onward.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs other programs; none of them outlives the benchmark. */
final class Commands {
    private static final long PATIENCE_SECONDS = 10;

    private final Belongings belongings;

    Commands(Belongings belongings) {
        this.belongings = belongings;
    }

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
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Belongings.Thing running = () -> end(process);
            belongings.keep(running);
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            belongings.forget(running);
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

    /** Starts a program that runs until it is ended; what it says goes to two files. */
    Running start(Map<String, String> environment, List<String> command, File folder, String name) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder)
                .redirectOutput(new File(folder, name + ".out"))
                .redirectError(new File(folder, name + ".err"));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("ONWARD_"));
        builder.environment().putAll(environment);
        try {
            Running running =
                    new Running(builder.start(), new File(folder, name + ".out").toPath(), new File(folder, name + ".err").toPath());
            belongings.keep(running);
            return running;
        } catch (IOException e) {
            throw new BenchException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        }
    }

    void end(Running running) {
        belongings.end(running);
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
