package dev.onward.server.cli;

import dev.onward.retention.Cleanup;
import dev.onward.retention.CleanupReport;
import dev.onward.retention.RetentionHours;
import dev.onward.server.config.Settings;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Deletes abandoned sessions now. */
@CommandLine.Command(name = "cleanup", description = "Deletes abandoned sessions now.")
public final class CleanupCommand implements Command {
    private final Console console;

    @Option(
            names = "--hours",
            paramLabel = "HOURS",
            description = "How old they must be; the setting cleanup_hours unless said.")
    private Optional<String> hours = Optional.empty();

    public CleanupCommand(Console console) {
        this.console = console;
    }

    @Override
    public int run(Settings settings) {
        RetentionHours kept = hours.map(RetentionHours::parse).orElse(settings.cleanupHours());
        CleanupReport report = CurrentSchema.with(settings.database(), database -> {
            database.takeIn();
            return new Cleanup(database.retention()).run(kept);
        });
        console.out()
                .println("Deleted " + Words.count(report.deletedCount(), "abandoned session") + " from before "
                        + report.cutoffTime() + ".");
        return 0;
    }
}
