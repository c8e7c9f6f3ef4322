package dev.onward.server.cli;

import dev.onward.flow.FlowFormatException;
import dev.onward.jdbc.DatabaseException;
import dev.onward.server.config.Setting;
import dev.onward.server.config.SettingSources;
import dev.onward.server.config.Settings;
import dev.onward.server.config.SettingsException;
import dev.onward.server.storage.StorageException;
import dev.onward.session.OnboardingException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: finds the command, reads the settings, and says in one line what is wrong. */
public final class Cli {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Console console;
    private final Collection<? extends Command> commands;
    private final Consumer<Settings> before;

    /** @param before what is done with the settings before the command runs */
    public Cli(Console console, Collection<? extends Command> commands, Consumer<Settings> before) {
        this.console = console;
        this.commands = List.copyOf(commands);
        this.before = before;
    }

    /** @return the exit code: 0, 1 where it failed, 2 where it was called wrongly */
    public int run(String... arguments) {
        return new CommandLine(Usage.of(commands, List.of(arguments)))
                .setOut(new PrintWriter(console.out(), true, console.out().charset()))
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler((e, _) -> misused(e))
                .execute(arguments);
    }

    private int execute(ParseResult parsed) {
        Optional<Integer> helped = Optional.ofNullable(CommandLine.executeHelpRequest(parsed));
        if (helped.isPresent()) {
            return helped.get();
        }
        if (!parsed.hasSubcommand()) {
            parsed.commandSpec().commandLine().usage(console.err());
            return USAGE;
        }
        Command command = (Command) parsed.subcommand().commandSpec().userObject();
        Arguments arguments = new Arguments(parsed.subcommand());
        try {
            Settings settings = Settings.of(sources(arguments));
            before.accept(settings);
            return command.run(settings, arguments);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private SettingSources sources(Arguments arguments) {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.option().flatMap(arguments::value).ifPresent(text -> options.put(setting, text));
        }
        return arguments
                .value(Usage.FILE_OPTION)
                .map(file -> SettingSources.with(console.folder().resolve(file), options, console.environment()))
                .orElseGet(() -> SettingSources.in(console.folder(), options, console.environment()));
    }

    private int misused(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return told(USAGE, firstLine(e) + ". See: " + command + " --help");
    }

    private int failed(RuntimeException e) {
        return switch (e) {
            case SettingsException wrong -> told(USAGE, firstLine(wrong));
            case OnboardingException.InvalidField wrong -> told(USAGE, firstLine(wrong));
            case WrongUse wrong -> told(USAGE, firstLine(wrong));
            case FlowFormatException wrong -> told(wrong);
            case CommandException known -> told(FAILED, firstLine(known));
            case StorageException known -> told(FAILED, firstLine(known));
            case DatabaseException known -> told(FAILED, firstLine(known));
            case OnboardingException known -> told(FAILED, firstLine(known));
            default -> {
                LoggerFactory.getLogger(Cli.class).error("This is a fault in Onward: please report it", e);
                yield FAILED;
            }
        };
    }

    private int told(FlowFormatException wrong) {
        wrong.errors().forEach(error -> console.err().println(error.text()));
        return FAILED;
    }

    private int told(int code, String problem) {
        console.err().println("onward: " + problem);
        return code;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
