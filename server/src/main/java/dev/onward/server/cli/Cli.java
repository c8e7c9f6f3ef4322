package dev.onward.server.cli;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: finds the command, reads the settings, and says in one line what is wrong. */
public final class Cli {
    private static final int FAILED = 1;
    private static final int WIDTH = 110;
    private static final int USAGE = 2;
    private static final String FILE_OPTION = "--config";

    private final Console console;
    private final Consumer<Settings> before;
    private final CommandLine line;

    /** @param before what is done with the settings before the command runs */
    public Cli(Console console, Collection<? extends Command> commands, Consumer<Settings> before) {
        this.console = console;
        this.before = before;
        CommandSpec root =
                CommandSpec.create().name("onward").version(Version.text()).mixinStandardHelpOptions(true);
        root.usageMessage()
                .width(WIDTH)
                .description("Keeps a product's onboarding: who started, how far they came, what they answered.")
                .footer(
                        "",
                        "Options are also environment variables and keys in onward.yaml: --port, ONWARD_PORT, port.");
        for (Command command : commands) {
            CommandSpec spec = CommandSpec.forAnnotatedObject(command);
            spec.usageMessage().width(WIDTH).sortOptions(false).sortSynopsis(false);
            spec.addOption(OptionSpec.builder(FILE_OPTION)
                    .paramLabel("FILE")
                    .type(String.class)
                    .description("The settings file; onward.yaml in this folder where there is one.")
                    .build());
            command.options().forEach(setting -> option(setting).ifPresent(spec::addOption));
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Shows this help.")
                    .build());
            root.addSubcommand(spec.name(), spec);
        }
        this.line = new CommandLine(root)
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler((e, _) -> misused(e));
        line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
    }

    /** @return the exit code: 0, 1 where it failed, 2 where it was called wrongly */
    public int run(String... arguments) {
        return line.execute(arguments);
    }

    private static Optional<OptionSpec> option(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "" : " Default: " + setting.fallback() + ".";
        return setting.option()
                .map(name -> OptionSpec.builder(name)
                        .paramLabel(setting.placeholder())
                        .type(String.class)
                        .description(setting.meaning() + fallback)
                        .build());
    }

    private int execute(ParseResult parsed) {
        Optional<Integer> helped = Optional.ofNullable(CommandLine.executeHelpRequest(parsed));
        if (helped.isPresent()) {
            return helped.get();
        }
        if (!parsed.hasSubcommand()) {
            line.usage(console.err());
            return USAGE;
        }
        ParseResult chosen = parsed.subcommand();
        try {
            Settings settings = Settings.of(sources(chosen));
            before.accept(settings);
            return ((Command) chosen.commandSpec().userObject()).run(settings);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private SettingSources sources(ParseResult parsed) {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            setting.option().flatMap(name -> given(parsed, name)).ifPresent(text -> options.put(setting, text));
        }
        return given(parsed, FILE_OPTION)
                .map(file -> SettingSources.with(console.folder().resolve(file), options, console.environment()))
                .orElseGet(() -> SettingSources.in(console.folder(), options, console.environment()));
    }

    private static Optional<String> given(ParseResult parsed, String option) {
        return Optional.ofNullable(parsed.matchedOption(option)).map(OptionSpec::getValue);
    }

    private int misused(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return told(USAGE, firstLine(e) + ". See: " + command + " --help");
    }

    private int failed(RuntimeException e) {
        return switch (e) {
            case SettingsException wrong -> told(USAGE, firstLine(wrong));
            case OnboardingException.InvalidField wrong -> told(USAGE, firstLine(wrong));
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

    private int told(int code, String problem) {
        console.err().println("onward: " + problem);
        return code;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
