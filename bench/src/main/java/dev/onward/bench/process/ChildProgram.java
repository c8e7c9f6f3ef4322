package dev.onward.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running program, with its output in two files. */
public record ChildProgram(Process process, Path out, Path err) implements BenchResources.BenchResource {

    public String output() {
        return text(out) + text(err);
    }

    public String stdout() {
        return text(out);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end() {
        Commands.end(process);
    }
}
