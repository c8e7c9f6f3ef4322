package dev.onward.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The SQL and Lua that stand beside this class, as files for the programs that read files. */
record Resources(Path folder) {

    /** @return the path of a file with the text of these, one behind the other */
    Path file(String first, String... others) {
        StringBuilder text = new StringBuilder(text(first));
        for (String other : others) {
            text.append('\n').append(text(other));
        }
        return write(first, text.toString());
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
