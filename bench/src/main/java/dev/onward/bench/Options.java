package dev.onward.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a run was asked for.
 *
 * @param run how long each run of load lasts
 * @param only the measurements to take; all of them where empty
 * @param big whether to measure on a big table too
 * @param sessions how many the big table holds
 * @param folder where databases are put while it runs
 */
record Options(
        Set<Kind> databases,
        Duration run,
        int rounds,
        Set<String> only,
        boolean big,
        long sessions,
        boolean inProcess,
        Path folder,
        Optional<Path> out) {

    private static final long BIG = 10_000_000;

    /** Where databases are durable: other than {@code /tmp}, it is never in memory. */
    private static final String USUAL_FOLDER = "/var/tmp";

    static CommandSpec command() {
        return CommandSpec.create()
                .name("onward bench")
                .addOption(OptionSpec.builder("--db")
                        .paramLabel("KIND")
                        .type(String.class)
                        .description("sqlite or postgresql; both where it is not said.")
                        .build())
                .addOption(number("--seconds", int.class, "10", "How long each run of load lasts."))
                .addOption(number("--rounds", int.class, "3", "How often ours and its yardstick are measured in turn."))
                .addOption(OptionSpec.builder("--only")
                        .paramLabel("NAME,…")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .splitRegex(",")
                        .description("Which measurements: " + String.join(", ", Measurements.names()) + ".")
                        .build())
                .addOption(OptionSpec.builder("--big")
                        .type(boolean.class)
                        .description("Also measure on a big table, which takes minutes to fill.")
                        .build())
                .addOption(
                        number("--sessions", long.class, Long.toString(BIG), "How many sessions the big table holds."))
                .addOption(OptionSpec.builder("--jmh")
                        .type(boolean.class)
                        .description("Measure what is hot in one process instead, with JMH.")
                        .build())
                .addOption(OptionSpec.builder("--folder")
                        .paramLabel("DIR")
                        .type(Path.class)
                        .defaultValue(USUAL_FOLDER)
                        .description("Where databases are put while it runs; " + USUAL_FOLDER + " by default.")
                        .build())
                .addOption(OptionSpec.builder("--out")
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("Where the table is written; docs/benchmarks.md where everything is measured,"
                                + " else nowhere.")
                        .build())
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
    }

    private static OptionSpec number(String name, Class<?> type, String usual, String meaning) {
        return OptionSpec.builder(name)
                .paramLabel("N")
                .type(type)
                .defaultValue(usual)
                .description(meaning + " " + usual + " by default.")
                .build();
    }

    /** @throws ParameterException where something is wrong */
    static Options parse(String... arguments) {
        return of(new CommandLine(command()).parseArgs(arguments));
    }

    static Options of(ParseResult given) {
        Set<String> only = new LinkedHashSet<>(given.matchedOptionValue("--only", List.<String>of()));
        for (String name : only) {
            require(given, Measurements.names().contains(name), "--only: there is no " + name);
        }
        int seconds = given.matchedOptionValue("--seconds", 10);
        int rounds = given.matchedOptionValue("--rounds", 3);
        require(given, seconds >= 1 && seconds <= 3600, "--seconds must be from 1 to 3600");
        require(given, rounds >= 1 && rounds <= 99, "--rounds must be from 1 to 99");
        long sessions = given.matchedOptionValue("--sessions", BIG);
        require(given, sessions >= 1000, "--sessions must be at least 1000");
        return new Options(
                databases(given),
                Duration.ofSeconds(seconds),
                rounds,
                only,
                given.hasMatchedOption("--big"),
                sessions,
                given.hasMatchedOption("--jmh"),
                given.matchedOptionValue("--folder", Path.of(USUAL_FOLDER)),
                Optional.ofNullable(given.<Path>matchedOptionValue("--out", null)));
    }

    private static Set<Kind> databases(ParseResult given) {
        Optional<String> word = Optional.ofNullable(given.<String>matchedOptionValue("--db", null));
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        kinds.removeIf(kind -> !word.orElse(kind.word()).equals(kind.word()));
        require(given, !kinds.isEmpty(), "--db must be sqlite or postgresql");
        return kinds;
    }

    private static void require(ParseResult given, boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(given.commandSpec().commandLine(), otherwise);
        }
    }

    /** Whether nothing is left out but the big table. */
    boolean everything() {
        return only.isEmpty() && databases.size() == Kind.values().length;
    }

    boolean wants(Measurement measurement) {
        return databases.contains(measurement.database()) && (only.isEmpty() || only.contains(measurement.name()));
    }
}
