package dev.onward.server.cli;

import dev.onward.server.config.Setting;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * Options and operands of a command, and their help.
 *
 * @param command the command as typed: {@code onward stats}
 * @param words the operands in the usage line; empty if there are none
 * @param description the command's description
 * @param options in the order of the help
 */
public record Usage(String command, String words, String description, List<Option> options) {
    static final String FILE_OPTION = "--config";
    public static final String HELP = "--help";
    static final String VERSION = "--version";

    private static final String PROGRAM = "./onward";
    private static final int WIDTH = 110;
    private static final String GAP = "   ";

    /** The usage of {@code onward} without a command. */
    static Usage ofProgram() {
        return new Usage(
                PROGRAM,
                "COMMAND",
                "Stores a product's onboarding: who started, how far they are, what they answered.",
                List.of(
                        help(),
                        Option.builder("V")
                                .longOpt(bare(VERSION))
                                .desc("Shows the version.")
                                .get()));
    }

    static Usage of(Command command) {
        List<Option> options = new ArrayList<>(command.options());
        options.add(
                valued(FILE_OPTION, "FILE", "The settings file. Default: onward.yaml in this folder, if it exists."));
        command.settings().forEach(setting -> option(setting).ifPresent(options::add));
        options.add(help());
        return new Usage(PROGRAM + " " + command.name(), command.words(), command.description(), List.copyOf(options));
    }

    /** An option without a value. */
    public static Option flag(String name, String description) {
        return Option.builder().longOpt(bare(name)).desc(description).get();
    }

    public static Option valued(String name, String placeholder, String description) {
        return Option.builder()
                .longOpt(bare(name))
                .hasArg()
                .argName(placeholder)
                .desc(description)
                .get();
    }

    public static Option help() {
        return Option.builder("h").longOpt(bare(HELP)).desc("Shows this help.").get();
    }

    private static Optional<Option> option(Setting setting) {
        String fallback = setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + ".";
        return setting.option().map(name -> valued(name, setting.placeholder(), setting.description() + fallback));
    }

    private static String bare(String name) {
        return name.substring("--".length());
    }

    /** @throws ParseException if an option is unknown, repeated or lacks its value */
    public Arguments parse(String... arguments) throws ParseException {
        Options known = new Options();
        options.forEach(known::addOption);
        CommandLine parsed = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get()
                .parse(known, arguments);
        Set<Option> seen = new HashSet<>();
        for (Option option : parsed.getOptions()) {
            if (!seen.add(option)) {
                throw new ParseException("--" + option.getLongOpt() + " is given more than once");
            }
        }
        if (words.isEmpty() && !parsed.getArgList().isEmpty()) {
            throw new ParseException(
                    "Unexpected argument: " + parsed.getArgList().getFirst());
        }
        return new Arguments(parsed);
    }

    public void print(PrintStream out) {
        print(out, List.of());
    }

    /** Also prints the list of commands. */
    void print(PrintStream out, Collection<? extends Command> commands) {
        wrap(out, "Usage: " + (command + " [OPTIONS] " + words).strip(), GAP.length());
        wrap(out, description, 0);
        out.println();
        table(out, explained());
        if (!commands.isEmpty()) {
            out.println();
            out.println("Commands:");
            table(out, described(commands));
            out.println();
            wrap(out, "Options are also environment variables and keys in onward.yaml: --port, ONWARD_PORT, port.", 0);
        }
    }

    private Map<String, String> explained() {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Option option : options) {
            String summary = Optional.ofNullable(option.getOpt())
                    .map(letter -> "-" + letter + ", ")
                    .orElse("    ");
            String value = option.hasArg() ? "=" + option.getArgName() : "";
            rows.put(summary + "--" + option.getLongOpt() + value, option.getDescription());
        }
        return rows;
    }

    private static Map<String, String> described(Collection<? extends Command> commands) {
        Map<String, String> rows = new LinkedHashMap<>();
        commands.forEach(each -> rows.put(each.name(), each.description()));
        return rows;
    }

    private static void table(PrintStream out, Map<String, String> rows) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, String> row : rows.entrySet()) {
            String padding = " ".repeat(width - row.getKey().length());
            wrap(out, "  " + row.getKey() + padding + GAP + row.getValue(), 2 + width + GAP.length());
        }
    }

    private static void wrap(PrintStream out, String text, int indent) {
        String left = text;
        while (left.length() > WIDTH) {
            int end = left.lastIndexOf(' ', WIDTH);
            if (end <= indent) {
                break; // A word that is longer than a line.
            }
            out.println(left.substring(0, end).stripTrailing());
            left = " ".repeat(indent) + left.substring(end + 1);
        }
        out.println(left);
    }
}
