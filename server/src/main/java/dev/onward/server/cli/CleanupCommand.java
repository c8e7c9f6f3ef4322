package dev.onward.server.cli;

import dev.onward.model.CleanupReport;
import dev.onward.retention.AbandonedSessionCleanup;
import dev.onward.retention.RetentionHours;
import dev.onward.retention.Throttle;
import dev.onward.server.config.Settings;
import java.util.List;
import org.apache.commons.cli.Option;

/** Deletes abandoned sessions now. */
public final class CleanupCommand implements Command {
    private static final String HOURS = "--hours";
    private static final String UNTHROTTLED = "--full-speed";

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
    public List<Option> options() {
        return List.of(
                Usage.valued(HOURS, "HOURS", "Hours since the last activity. Default: the setting cleanup_hours."),
                Usage.flag(UNTHROTTLED, "Does not pause between batches, at the expense of other database users."));
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        RetentionHours retention =
                arguments.value(HOURS).map(RetentionHours::parse).orElse(settings.cleanupHours());
        Throttle throttle = arguments.has(UNTHROTTLED) ? Throttle.NONE : Throttle.DEFAULT;
        return MigratedDatabase.with(settings.databaseAccess(), database -> {
            CleanupReport report = new AbandonedSessionCleanup(database.retention(), throttle).run(retention);
            console.out()
                    .println("Deleted " + NumberWords.count(report.deletedCount(), "abandoned session")
                            + " from before " + report.cutoffTime() + ".");
            database.backfill();
            database.deleteOrphans();
            return 0;
        });
    }
}
