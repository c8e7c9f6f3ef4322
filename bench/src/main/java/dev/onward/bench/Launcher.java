package dev.onward.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./onward}, which knows how Onward is run. */
record Launcher(Commands commands, Path root) {
    /** How a server is told not to batch. */
    private static final List<String> UNBATCHED = List.of("--batch-size", "1");

    /** How the launcher is told to do without its AOT cache. */
    static final Map<String, String> WITHOUT_CACHE = Map.of("ONWARD_AOT", "off");

    /** As users run it. */
    ServerUnderTest execute(String name, String database) {
        return execute(name, database, Map.of(), List.of());
    }

    /** With one item in each batch. */
    ServerUnderTest serveUnbatched(String name, String database) {
        return execute(name, database, Map.of(), UNBATCHED);
    }

    ServerUnderTest execute(String name, String database, Map<String, String> environment, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--db", database));
        arguments.addAll(ServerUnderTest.QUIET);
        arguments.addAll(options);
        return ServerUnderTest.await(commands.start(environment, command(arguments), name));
    }

    /** Whether this Onward batches at all. */
    boolean batches() {
        return run("serve", "--help").contains(UNBATCHED.getFirst());
    }

    /** Runs a command line of Onward to its end. */
    String run(String... arguments) {
        return commands.run(Map.of(), command(List.of(arguments)));
    }

    void stop(ServerUnderTest server) {
        commands.end(server.running());
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("onward").toString()));
        command.addAll(arguments);
        return command;
    }
}
