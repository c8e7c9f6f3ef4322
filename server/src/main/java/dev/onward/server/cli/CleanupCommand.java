package dev.onward.server.cli;

import dev.onward.retention.Cleanup;
import dev.onward.retention.CleanupReport;
import dev.onward.retention.RetentionHours;
import dev.onward.server.config.Settings;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Deletes abandoned sessions now. */
public final class CleanupCommand implements Command {
    private static final String HOURS = "--hours";

    private final Console console;

    public CleanupCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String description() {
        return "Deletes abandoned sessions now.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.builder(HOURS)
                .paramLabel("HOURS")
                .type(String.class)
                .description("How old they must be; the setting cleanup_hours where none are said.")
                .build());
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        RetentionHours kept = arguments.value(HOURS).map(RetentionHours::parse).orElse(settings.cleanupHours());
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
