package dev.onward.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that {@code ~/} means in a path, also in files and variables, which no shell expands. */
public record HomeFolder(Path folder) {
    private static final String PREFIX = "~/";

    /** The home folder as in a shell: {@code HOME}, otherwise the folder of the process's user. */
    public static HomeFolder of(Map<String, String> environment) {
        return new HomeFolder(Path.of(Optional.ofNullable(environment.get("HOME"))
                .filter(home -> !home.isBlank())
                .orElseGet(() -> System.getProperty("user.home"))));
    }

    /**
     * Converts text to a path.
     *
     * @throws IllegalArgumentException if it is no path, or begins with another user's name, as in {@code ~ann/}
     */
    public Path path(String text) {
        if (text.startsWith(PREFIX)) {
            return folder.resolve(text.substring(PREFIX.length()));
        }
        if (text.equals("~")) {
            return folder;
        }
        if (text.startsWith("~") && text.contains("/")) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    }
}
