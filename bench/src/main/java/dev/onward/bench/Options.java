package dev.onward.bench;

import dev.onward.bench.measurement.BenchDatabase;
import dev.onward.bench.measurement.Measurement;
import dev.onward.bench.measurement.Measurements;
import dev.onward.server.cli.Arguments;
import dev.onward.server.cli.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/**
 * The options of a run.
 *
 * @param run how long each run of load lasts
 * @param only the names of the measurements to run; empty means all
 * @param big whether to measure on a big table too
 * @param sessions the number of sessions in the big table
 * @param folder where the run creates its databases
 */
record Options(
        Set<BenchDatabase> databases,
        Duration run,
        int rounds,
        Set<String> only,
        boolean big,
        long sessions,
        boolean inProcess,
        Path folder,
        Optional<Path> out) {

    private static final String DB = "--db";
    private static final String SECONDS = "--seconds";
    private static final String ROUNDS = "--rounds";
    private static final String ONLY = "--only";
    private static final String BIG = "--big";
    private static final String SESSIONS = "--sessions";
    private static final String JMH = "--jmh";
    private static final String FOLDER = "--folder";
    private static final String OUT = "--out";

    private static final int DEFAULT_SECONDS = 10;
    private static final int DEFAULT_ROUNDS = 3;
    private static final long DEFAULT_SESSIONS = 10_000_000;

    /** The default folder. It is on disk, while {@code /tmp} may be in memory. */
    private static final String DEFAULT_FOLDER = "/var/tmp";

    static final Usage USAGE = new Usage(
            "onward bench",
            "",
            "Measures Onward's speed against yardsticks in the same run.",
            List.of(
                    Usage.valued(DB, "KIND", "sqlite or postgresql; default: both."),
                    number(SECONDS, DEFAULT_SECONDS, "Length of each run of load, in seconds."),
                    number(ROUNDS, DEFAULT_ROUNDS, "Number of rounds; each measures Onward and its yardstick."),
                    Usage.valued(
                            ONLY,
                            "NAME,…",
                            "The measurements to run: " + String.join(", ", Measurements.names()) + "."),
                    Usage.flag(BIG, "Also measures on a big table, which takes minutes to fill."),
                    number(SESSIONS, DEFAULT_SESSIONS, "Number of sessions in the big table."),
                    Usage.flag(JMH, "Runs only the JMH benchmarks of hot code."),
                    Usage.valued(
                            FOLDER, "DIR", "Folder for the databases of the run; default: " + DEFAULT_FOLDER + "."),
                    Usage.valued(
                            OUT,
                            "FILE",
                            "The report file; default: docs/benchmarks.md if all measurements run, otherwise"
                                    + " nowhere."),
                    Usage.help()));

    private static Option number(String name, long standard, String meaning) {
        return Usage.valued(name, "N", meaning + " Default: " + standard + ".");
    }

    /** @throws ParseException if an option is wrong */
    static Options parse(String... arguments) throws ParseException {
        return of(USAGE.parse(arguments));
    }

    static Options of(Arguments arguments) throws ParseException {
        return new Options(
                databases(arguments),
                Duration.ofSeconds(number(arguments, SECONDS, DEFAULT_SECONDS, 1, 3600)),
                Math.toIntExact(number(arguments, ROUNDS, DEFAULT_ROUNDS, 1, 99)),
                only(arguments),
                arguments.has(BIG),
                number(arguments, SESSIONS, DEFAULT_SESSIONS, 1000, Integer.MAX_VALUE),
                arguments.has(JMH),
                Path.of(arguments.value(FOLDER).orElse(DEFAULT_FOLDER)),
                arguments.value(OUT).map(Path::of));
    }

    private static Set<BenchDatabase> databases(Arguments arguments) throws ParseException {
        Set<BenchDatabase> kinds = EnumSet.allOf(BenchDatabase.class);
        arguments.value(DB).ifPresent(word -> kinds.removeIf(kind -> !word.equals(kind.word())));
        require(!kinds.isEmpty(), DB + " must be sqlite or postgresql");
        return kinds;
    }

    private static Set<String> only(Arguments arguments) throws ParseException {
        Set<String> only = new LinkedHashSet<>();
        arguments.value(ONLY).ifPresent(names -> only.addAll(List.of(names.split(",", -1))));
        for (String name : only) {
            require(Measurements.names().contains(name), ONLY + ": no such measurement: " + name);
        }
        return only;
    }

    private static long number(Arguments arguments, String name, long standard, long least, long max)
            throws ParseException {
        String text = arguments.value(name).orElse(Long.toString(standard));
        boolean fits = text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= max;
        require(fits, name + " must be a number from " + least + " to " + max);
        return Long.parseLong(text);
    }

    private static void require(boolean holds, String otherwise) throws ParseException {
        if (!holds) {
            throw new ParseException(otherwise);
        }
    }

    /** Whether all measurements run, apart from those on the big table. */
    boolean everything() {
        return only.isEmpty() && databases.size() == BenchDatabase.values().length;
    }

    boolean includes(Measurement measurement) {
        return databases.contains(measurement.database()) && (only.isEmpty() || only.contains(measurement.name()));
    }
}
