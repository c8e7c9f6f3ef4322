package dev.onward.server.cli.flows;

import dev.onward.server.cli.Arguments;
import dev.onward.server.cli.Command;
import dev.onward.server.cli.Console;
import dev.onward.server.cli.Usage;
import dev.onward.server.cli.UsageException;
import dev.onward.server.config.DatabaseAccess;
import dev.onward.server.config.Settings;
import java.util.List;
import org.apache.commons.cli.Option;

/** The command {@code flows}: checks files, lists published flows, publishes a file. */
public final class FlowsCommand implements Command {
    private static final String DRY_RUN = "--dry-run";
    private static final String MAKE_CURRENT = "--make-current";
    private static final String CHECK = "check";
    private static final String LIST = "list";
    private static final String PUBLISH = "publish";
    private static final String USAGE =
            "./onward flows check FILE..., ./onward flows list, or ./onward flows publish FILE [--dry-run]"
                    + " [--make-current]";

    private final Console console;

    public FlowsCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String description() {
        return "Checks, lists and publishes flows: " + USAGE + ".";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Usage.flag(DRY_RUN, "publish: shows what would happen, including to open sessions; changes nothing."),
                Usage.flag(MAKE_CURRENT, "publish: makes previously published content current again."));
    }

    @Override
    public String words() {
        return "check|list|publish [FILE...]";
    }

    @Override
    public int run(Settings settings, Arguments arguments) {
        String what = arguments.words().stream().findFirst().orElse("");
        List<String> files = arguments.words().stream().skip(1).toList();
        if (!what.equals(PUBLISH) && (arguments.has(DRY_RUN) || arguments.has(MAKE_CURRENT))) {
            throw new UsageException(DRY_RUN + " and " + MAKE_CURRENT + " only work with publish: " + USAGE);
        }
        DatabaseAccess database = settings.databaseAccess();
        if (what.equals(CHECK) && !files.isEmpty()) {
            return new FlowsCheck(console).run(files);
        }
        if (what.equals(LIST) && files.isEmpty()) {
            return new FlowsList(console).run(database);
        }
        if (what.equals(PUBLISH) && files.size() == 1) {
            boolean dryRun = arguments.has(DRY_RUN);
            boolean makeCurrent = arguments.has(MAKE_CURRENT);
            return new FlowsPublish(console, dryRun, makeCurrent).run(database, files.getFirst());
        }
        throw new UsageException("Usage: " + USAGE);
    }
}
