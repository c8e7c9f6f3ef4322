package dev.onward.bench.load;

import dev.onward.bench.environment.ServerUnderTest;
import dev.onward.bench.environment.SqlFiles;
import dev.onward.bench.process.BenchException;
import dev.onward.bench.process.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generates load with wrk: as many requests as the server answers, over persistent connections. */
public record Wrk(Commands commands, Path program, SqlFiles resources) {
    public static final int CONNECTIONS = 64;
    public static final int THREADS = 2;

    /** A Lua script and its arguments; one argument may be a file of session ids. */
    public record Script(String resource, List<String> arguments) {
        public static Script of(String resource, Object... arguments) {
            return new Script(
                    resource, List.of(arguments).stream().map(String::valueOf).toList());
        }
    }

    public LoadResult run(ServerUnderTest server, Script script, int seconds) {
        return run(server, script, seconds, CONNECTIONS, THREADS);
    }

    public LoadResult runSingleConnection(ServerUnderTest server, Script script, int seconds) {
        return run(server, script, seconds, 1, 1);
    }

    /** @throws BenchException if any response is wrong */
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
                LoadResult.read(printed).orElseThrow(() -> new BenchException("wrk printed no summary:\n" + printed));
        if (load.errors() > 0 || load.requests() == 0) {
            throw new BenchException(
                    "The server gave wrong responses (" + script.resource() + "):\n" + printed + server.log());
        }
        return load;
    }

    public String version() {
        // wrk -v prints the version and the usage, and exits with a failure.
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
