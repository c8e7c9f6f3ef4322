package dev.onward.server.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command line has around it.
 *
 * @param folder the working folder
 * @param out for what was asked for
 * @param err for errors
 */
public record Console(Path folder, Map<String, String> environment, PrintStream out, PrintStream err) {
    /** The console of this process. */
    public static Console ofProcess() {
        return new Console(Path.of("").toAbsolutePath(), System.getenv(), System.out, System.err);
    }
}
