package dev.onward.server.cli;

import dev.onward.server.config.Setting;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What may stand on the command line, as picocli wants it. Made in code: annotations would cost start-up time. */
final class Usage {
    static final String FILE_OPTION = "--config";

    private static final int WIDTH = 110;

    private Usage() {}

    /** The whole command line, or the part of it that these arguments are about. */
    static CommandSpec of(Collection<? extends Command> commands, List<String> arguments) {
        CommandSpec root = CommandSpec.create().name("onward").version(Version.text());
        // In place of the mixin that picocli has for these two: its annotations cost start-up time.
        root.addOption(help());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build());
        root.usageMessage()
                .width(WIDTH)
                .description("Keeps a product's onboarding: who started, how far they came, what they answered.")
                .footer(
                        "",
                        "Options are also environment variables and keys in onward.yaml: --port, ONWARD_PORT, port.");
        boolean named = commands.stream().anyMatch(command -> isNamed(command, arguments));
        commands.stream()
                .filter(command -> !named || isNamed(command, arguments))
                .forEach(command -> root.addSubcommand(command.name(), spec(command)));
        return root;
    }

    private static boolean isNamed(Command command, List<String> arguments) {
        return !arguments.isEmpty() && arguments.getFirst().equals(command.name());
    }

    private static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.usageMessage().width(WIDTH).sortOptions(false).sortSynopsis(false).description(command.description());
        command.words().forEach(spec::addPositional);
        command.options().forEach(spec::addOption);
        spec.addOption(OptionSpec.builder(FILE_OPTION)
                .paramLabel("FILE")
                .type(String.class)
                .description("The settings file; onward.yaml in this folder where there is one.")
                .build());
        command.settings().forEach(setting -> option(setting).ifPresent(spec::addOption));
        spec.addOption(help());
        return spec;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
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
}
