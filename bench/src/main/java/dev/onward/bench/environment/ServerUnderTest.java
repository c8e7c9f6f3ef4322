package dev.onward.bench.environment;

import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.ChildProgram;
import dev.onward.bench.process.PollingDelay;
import dev.onward.bench.process.ProcessFigures;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code onward serve} in its own process, started by the launcher. */
public record ServerUnderTest(ChildProgram running, URI address) {
    private static final Pattern ADDRESS = Pattern.compile("(?m)^Onward listens on (http://\\S+)$");
    private static final int LINES_OF_LOG = 20;

    /** Options under which no cleanup runs on a schedule and no loaded session expires. */
    static final List<String> NO_HOUSEKEEPING = List.of("--cleanup-every", "365d", "--cleanup-hours", "87600");

    /** Waits until the server prints its address. */
    public static ServerUnderTest await(ChildProgram running) {
        while (true) {
            Matcher line = ADDRESS.matcher(running.stdout());
            if (line.find()) {
                return new ServerUnderTest(running, URI.create(line.group(1)));
            }
            if (!running.process().isAlive()) {
                throw new BenchException("The server did not start:\n" + running.output());
            }
            PollingDelay.sleep();
        }
    }

    public ProcessFigures figures() {
        return new ProcessFigures(running.process().pid());
    }

    /** The end of the server's stderr. */
    public String log() {
        List<String> lines = running.output().lines().toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES_OF_LOG)).collect(Collectors.joining("\n"));
    }

    public Path errors() {
        return running.err();
    }
}
