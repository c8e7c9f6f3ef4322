package dev.onward.bench.environment;

import dev.onward.bench.process.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code ./onward}, the launcher. */
public record Launcher(Commands commands, Path root) {
    /** The options that disable batching. */
    private static final List<String> UNBATCHED = List.of("--batch-size", "1");

    /** The environment that disables the AOT cache. */
    public static final Map<String, String> WITHOUT_CACHE = Map.of("ONWARD_AOT", "off");

    /** Starts a server with the default settings. */
    public ServerUnderTest execute(String name, String database) {
        return execute(name, database, Map.of(), List.of());
    }

    /** Starts a server without batching. */
    public ServerUnderTest serveUnbatched(String name, String database) {
        return execute(name, database, Map.of(), UNBATCHED);
    }

    public ServerUnderTest execute(
            String name, String database, Map<String, String> environment, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--db", database));
        arguments.addAll(ServerUnderTest.NO_HOUSEKEEPING);
        arguments.addAll(options);
        return ServerUnderTest.await(commands.start(environment, command(arguments), name));
    }

    /** Whether this version of Onward can batch. */
    public boolean batches() {
        return run("serve", "--help").contains(UNBATCHED.getFirst());
    }

    /** Runs a command of Onward and returns its output. */
    public String run(String... arguments) {
        return commands.run(Map.of(), command(List.of(arguments)));
    }

    public void stop(ServerUnderTest server) {
        commands.end(server.running());
    }

    public List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("onward").toString()));
        command.addAll(arguments);
        return command;
    }
}
