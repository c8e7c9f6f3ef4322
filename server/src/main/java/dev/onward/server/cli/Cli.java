package dev.onward.server.cli;

import dev.onward.jdbc.transaction.DatabaseException;
import dev.onward.model.OnboardingException;
import dev.onward.model.OnboardingException.InvalidFlow;
import dev.onward.server.config.Setting;
import dev.onward.server.config.SettingSources;
import dev.onward.server.config.Settings;
import dev.onward.server.config.SettingsException;
import dev.onward.server.storage.StorageException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.cli.ParseException;
import org.slf4j.LoggerFactory;

/** Finds the command, reads the settings, runs it, and prints each error as one line. */
public final class Cli {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Console console;
    private final Collection<? extends Command> commands;
    private final Consumer<Settings> before;

    /** @param before runs with the settings before the command */
    public Cli(Console console, Collection<? extends Command> commands, Consumer<Settings> before) {
        this.console = console;
        this.commands = List.copyOf(commands);
        this.before = before;
    }

    /** @return the exit code: 0, 1 if the command failed, 2 for a usage error */
    public int run(String... arguments) {
        if (arguments.length == 0) {
            Usage.ofProgram().print(console.err(), commands);
            return USAGE;
        }
        String name = arguments[0];
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(command -> run(command, others))
                .orElseGet(() -> runNone(arguments));
    }

    private int run(Command command, String... parsed) {
        Usage usage = Usage.of(command);
        try {
            Arguments arguments = usage.parse(parsed);
            if (arguments.has(Usage.HELP)) {
                usage.print(console.out());
                return 0;
            }
            return execute(command, arguments);
        } catch (ParseException e) {
            return misused(usage, firstLine(e));
        }
    }

    private int runNone(String... parsed) {
        Usage usage = Usage.ofProgram();
        try {
            Arguments arguments = usage.parse(parsed);
            if (!arguments.words().isEmpty()) {
                return misused(
                        usage, "There is no command \"" + arguments.words().getFirst() + "\"");
            }
            if (arguments.has(Usage.VERSION)) {
                console.out().println(VersionInfo.text());
            } else {
                usage.print(console.out(), commands);
            }
            return 0;
        } catch (ParseException e) {
            return misused(usage, firstLine(e));
        }
    }

    private int execute(Command command, Arguments arguments) {
        try {
            SettingSources sources = sources(arguments);
            Settings settings = Settings.of(sources);
            before.accept(settings);
            sources.exposedPassword().ifPresent(Cli::warnOfPassword);
            SettingSources.unknown(console.environment()).forEach(this::warnOfVariable);
            return command.run(settings, arguments);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private void warnOfVariable(String name) {
        console.err()
                .println("onward: the environment variable " + name
                        + " is not a setting of Onward and is ignored. ./onward serve --help lists the settings.");
    }

    private static void warnOfPassword(String origin) {
        LoggerFactory.getLogger(Cli.class)
                .warn(
                        "Every user of this machine can read the database's password in {}. Use ONWARD_DB, the key db"
                                + " of onward.yaml, or PGPASSFILE instead",
                        origin);
    }

    private SettingSources sources(Arguments arguments) {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.option().flatMap(arguments::value).ifPresent(text -> options.put(setting, text));
        }
        return arguments
                .value(Usage.FILE_OPTION)
                .map(file -> SettingSources.with(console.folder(), file, options, console.environment()))
                .orElseGet(() -> SettingSources.in(console.folder(), options, console.environment()));
    }

    private int misused(Usage usage, String problem) {
        return fail(USAGE, problem + ". See: " + usage.command() + " " + Usage.HELP);
    }

    private int failed(RuntimeException e) {
        return switch (e) {
            case SettingsException invalid -> fail(USAGE, firstLine(invalid));
            case OnboardingException.InvalidField invalid -> fail(USAGE, firstLine(invalid));
            case UsageException invalid -> fail(USAGE, firstLine(invalid));
            case InvalidFlow invalid -> fail(invalid);
            case CommandException failure -> fail(FAILED, firstLine(failure));
            case StorageException failure -> fail(FAILED, firstLine(failure));
            case DatabaseException failure -> fail(FAILED, firstLine(failure));
            case OnboardingException failure -> fail(FAILED, firstLine(failure));
            default -> {
                LoggerFactory.getLogger(Cli.class).error("This is a bug in Onward. Please report it", e);
                yield FAILED;
            }
        };
    }

    private int fail(InvalidFlow invalid) {
        invalid.errors().forEach(error -> console.err().println(error.text()));
        return FAILED;
    }

    private int fail(int code, String problem) {
        console.err().println("onward: " + problem);
        return code;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
