package dev.onward.bench;

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
 * What a run was asked for.
 *
 * @param run how long each run of load lasts
 * @param only the measurements to take; all of them where empty
 * @param big whether to measure on a big table too
 * @param sessions how many the big table holds
 * @param folder where databases are put while it runs
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

    private static final int USUAL_SECONDS = 10;
    private static final int USUAL_ROUNDS = 3;
    private static final long USUAL_SESSIONS = 10_000_000;

    /** Where databases are durable: other than {@code /tmp}, it is never in memory. */
    private static final String USUAL_FOLDER = "/var/tmp";

    static final Usage USAGE = new Usage(
            "onward bench",
            "",
            "Measures how fast Onward is, beside yardsticks of the same run.",
            List.of(
                    Usage.valued(DB, "KIND", "sqlite or postgresql; both where it is not said."),
                    number(SECONDS, USUAL_SECONDS, "How long each run of load lasts."),
                    number(ROUNDS, USUAL_ROUNDS, "How often ours and its yardstick are measured in turn."),
                    Usage.valued(
                            ONLY, "NAME,…", "Which measurements: " + String.join(", ", Measurements.names()) + "."),
                    Usage.flag(BIG, "Also measure on a big table, which takes minutes to fill."),
                    number(SESSIONS, USUAL_SESSIONS, "How many sessions the big table holds."),
                    Usage.flag(JMH, "Measure what is hot in one process instead, with JMH."),
                    Usage.valued(
                            FOLDER, "DIR", "Where databases are put while it runs; " + USUAL_FOLDER + " by default."),
                    Usage.valued(
                            OUT,
                            "FILE",
                            "Where the table is written; docs/benchmarks.md where everything is measured, else"
                                    + " nowhere."),
                    Usage.help()));

    private static Option number(String name, long usual, String meaning) {
        return Usage.valued(name, "N", meaning + " " + usual + " by default.");
    }

    /** @throws ParseException where something is wrong */
    static Options parse(String... arguments) throws ParseException {
        return of(USAGE.parse(arguments));
    }

    static Options of(Arguments given) throws ParseException {
        return new Options(
                databases(given),
                Duration.ofSeconds(number(given, SECONDS, USUAL_SECONDS, 1, 3600)),
                Math.toIntExact(number(given, ROUNDS, USUAL_ROUNDS, 1, 99)),
                only(given),
                given.has(BIG),
                number(given, SESSIONS, USUAL_SESSIONS, 1000, Integer.MAX_VALUE),
                given.has(JMH),
                Path.of(given.value(FOLDER).orElse(USUAL_FOLDER)),
                given.value(OUT).map(Path::of));
    }

    private static Set<BenchDatabase> databases(Arguments given) throws ParseException {
        Set<BenchDatabase> kinds = EnumSet.allOf(BenchDatabase.class);
        given.value(DB).ifPresent(word -> kinds.removeIf(kind -> !word.equals(kind.word())));
        require(!kinds.isEmpty(), DB + " must be sqlite or postgresql");
        return kinds;
    }

    private static Set<String> only(Arguments given) throws ParseException {
        Set<String> only = new LinkedHashSet<>();
        given.value(ONLY).ifPresent(names -> only.addAll(List.of(names.split(",", -1))));
        for (String name : only) {
            require(Measurements.names().contains(name), ONLY + ": there is no " + name);
        }
        return only;
    }

    private static long number(Arguments given, String name, long usual, long least, long most) throws ParseException {
        String text = given.value(name).orElse(Long.toString(usual));
        boolean fits = text.matches("\\d{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most;
        require(fits, name + " must be a number from " + least + " to " + most);
        return Long.parseLong(text);
    }

    private static void require(boolean holds, String otherwise) throws ParseException {
        if (!holds) {
            throw new ParseException(otherwise);
        }
    }

    /** Whether nothing is left out but the big table. */
    boolean everything() {
        return only.isEmpty() && databases.size() == BenchDatabase.values().length;
    }

    boolean wants(Measurement measurement) {
        return databases.contains(measurement.database()) && (only.isEmpty() || only.contains(measurement.name()));
    }
}
