package dev.onward.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code onward serve} in a process of its own, as its launcher starts it. */
record ServerUnderTest(ChildProgram running, URI address) {
    private static final Pattern ADDRESS = Pattern.compile("(?m)^Onward listens on (http://\\S+)$");
    private static final int LINES_OF_LOG = 20;

    /** Nothing that is loaded is ever old enough to be deleted, and no schedule gets in the way. */
    static final List<String> QUIET = List.of("--cleanup-every", "365d", "--cleanup-hours", "87600");

    /** Waits until it says where it listens. */
    static ServerUnderTest await(ChildProgram running) {
        while (true) {
            Matcher line = ADDRESS.matcher(running.saidOnStdout());
            if (line.find()) {
                return new ServerUnderTest(running, URI.create(line.group(1)));
            }
            if (!running.process().isAlive()) {
                throw new BenchException("The server did not start:\n" + running.said());
            }
            PollingDelay.brief();
        }
    }

    ProcessFigures figures() {
        return new ProcessFigures(running.process().pid());
    }

    /** The end of what it said on stderr. */
    String log() {
        List<String> lines = running.said().lines().toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES_OF_LOG)).collect(Collectors.joining("\n"));
    }

    Path errors() {
        return running.err();
    }
}
