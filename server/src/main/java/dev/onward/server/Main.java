package dev.onward.server;

import dev.onward.server.cli.BackupCommand;
import dev.onward.server.cli.CleanupCommand;
import dev.onward.server.cli.Cli;
import dev.onward.server.cli.Console;
import dev.onward.server.cli.MigrateCommand;
import dev.onward.server.cli.RestoreCommand;
import dev.onward.server.cli.StatsCommand;
import dev.onward.server.cli.doctor.DoctorCommand;
import dev.onward.server.cli.flows.FlowsCommand;
import dev.onward.server.config.LogFormat;
import dev.onward.server.config.LogLevel;
import dev.onward.server.ops.Logging;
import java.util.List;

/** The main class of {@code onward}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Logging.configure(LogFormat.PLAIN, LogLevel.INFO);
        Console console = Console.ofProcess();
        Cli cli = new Cli(
                console,
                List.of(
                        new ServeCommand(console),
                        new MigrateCommand(console),
                        new CleanupCommand(console),
                        new StatsCommand(console),
                        new FlowsCommand(console),
                        new DoctorCommand(console),
                        new BackupCommand(console),
                        new RestoreCommand(console)),
                settings -> Logging.configure(settings.logFormat(), settings.logLevel()));
        System.exit(cli.run(arguments));
    }
}
