package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that runs beside us. */
record ChildProgram(Process process, Path out, Path err) implements BenchResources.Thing {

    String said() {
        return text(out) + text(err);
    }

    String saidOnStdout() {
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
