package dev.onward.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The load: as many requests as the server answers, over connections that stay open. */
record Wrk(Commands commands, Path program, Resources resources) {
    static final int CONNECTIONS = 64;
    static final int THREADS = 2;

    /** What is asked; the list is a file of session ids, where one is needed. */
    record Script(String resource, List<String> arguments) {
        static Script of(String resource, Object... arguments) {
            return new Script(
                    resource, List.of(arguments).stream().map(String::valueOf).toList());
        }
    }

    LoadResult run(ServerUnderTest server, Script script, int seconds) {
        return run(server, script, seconds, CONNECTIONS, THREADS);
    }

    LoadResult runAlone(ServerUnderTest server, Script script, int seconds) {
        return run(server, script, seconds, 1, 1);
    }

    /** @throws BenchException where a single answer is not as it should be */
    private LoadResult run(ServerUnderTest server, Script script, int seconds, int connections, int threads) {
        Path file = resources.file(script.resource(), "wrk-summary.lua");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--latency"));
        command.addAll(List.of("-c", Integer.toString(connections), "-t", Integer.toString(threads)));
        command.addAll(List.of("-d", seconds + "s", "--timeout", "10s", "-s", file.toString()));
        command.add(server.address().toString());
        if (!script.arguments().isEmpty()) {
            command.add("--");
            command.addAll(script.arguments());
        }
        String printed = commands.run(Map.of(), command);
        LoadResult load =
                LoadResult.read(printed).orElseThrow(() -> new BenchException("wrk said nothing to read:\n" + printed));
        if (load.errors() > 0 || load.requests() == 0) {
            throw new BenchException(
                    "The server did not answer as it should (" + script.resource() + "):\n" + printed + server.log());
        }
        return load;
    }

    String version() {
        // It prints its version and its usage, and calls that a failure.
        try {
            return commands.run(program.toString(), "-v").lines().findFirst().orElse("");
        } catch (BenchException e) {
            return String.valueOf(e.getMessage())
                    .lines()
                    .filter(line -> line.startsWith("wrk "))
                    .findFirst()
                    .map(line -> line.replaceAll(" \\[.*", ""))
                    .orElse("wrk");
        }
    }
}
