package dev.onward.bench.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies the SQL and Lua resources of this package to files, for programs that read files. */
public record SqlFiles(Path folder) {

    /** @return the path of a file with the concatenated text of these resources */
    public Path file(String first, String... others) {
        StringBuilder text = new StringBuilder(text(first));
        for (String other : others) {
            text.append('\n').append(text(other));
        }
        return write(first, text.toString());
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = SqlFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
