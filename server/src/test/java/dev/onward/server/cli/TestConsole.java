package dev.onward.server.cli;

import dev.onward.server.cli.doctor.DoctorCommand;
import dev.onward.server.cli.flows.FlowsCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line in its own folder, with its output. */
public final class TestConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final Path folder;

    public TestConsole(Path folder) {
        this.folder = folder;
    }

    public TestConsole with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /**
     * Runs a command; its output replaces that of the previous one.
     *
     * @return the exit code
     */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(folder, environment, stream(out), stream(err));
        return new Cli(
                        console,
                        List.of(
                                new MigrateCommand(console),
                                new CleanupCommand(console),
                                new StatsCommand(console),
                                new FlowsCommand(console),
                                new DoctorCommand(console),
                                new BackupCommand(console),
                                new RestoreCommand(console)),
                        _ -> {})
                .run(arguments);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
