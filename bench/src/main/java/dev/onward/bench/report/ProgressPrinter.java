package dev.onward.bench.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Prints the current step and about how long the run will still take. */
public final class ProgressPrinter {
    private final PrintStream out;
    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;
    private Duration current = Duration.ZERO;
    private Instant since;

    public ProgressPrinter(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.since = clock.instant();
    }

    public void expect(Duration all) {
        ahead = all;
        since = clock.instant();
    }

    /** Begins the next step, which is expected to take this long. */
    public void begin(Duration expected) {
        current = expected;
        ahead = ahead.minus(expected);
        since = clock.instant();
    }

    public void print(String what) {
        out.println(left() + what);
        out.flush();
    }

    private String left() {
        Duration elapsed = current.minus(Duration.between(since, clock.instant()));
        Duration left = ahead.plus(elapsed.isNegative() ? Duration.ZERO : elapsed);
        return left.isPositive() ? String.format("[%4s left] ", text(left)) : "";
    }

    public static String text(Duration time) {
        return time.compareTo(Duration.ofSeconds(90)) < 0
                ? time.toSeconds() + " s"
                : (time.toSeconds() + 30) / 60 + " min";
    }
}
