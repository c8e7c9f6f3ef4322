package dev.onward.server.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The surroundings of the command line.
 *
 * @param folder the working folder
 * @param out for results
 * @param err for errors
 */
public record Console(Path folder, Map<String, String> environment, PrintStream out, PrintStream err) {
    /** The console of this process. */
    public static Console ofProcess() {
        return new Console(Path.of("").toAbsolutePath(), System.getenv(), System.out, System.err);
    }
}
