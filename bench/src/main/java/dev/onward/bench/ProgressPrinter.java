package dev.onward.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says what is under way and about how long all of it still takes. */
final class ProgressPrinter {
    private final PrintStream out;
    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;
    private Duration underWay = Duration.ZERO;
    private Instant since;

    ProgressPrinter(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.since = clock.instant();
    }

    void expect(Duration all) {
        ahead = all;
        since = clock.instant();
    }

    /** Something begins that is expected to take so long; what went before is over. */
    void begin(Duration expected) {
        underWay = expected;
        ahead = ahead.minus(expected);
        since = clock.instant();
    }

    void say(String what) {
        out.println(left() + what);
        out.flush();
    }

    private String left() {
        Duration here = underWay.minus(Duration.between(since, clock.instant()));
        Duration left = ahead.plus(here.isNegative() ? Duration.ZERO : here);
        return left.isPositive() ? String.format("[%4s left] ", text(left)) : "";
    }

    static String text(Duration time) {
        return time.compareTo(Duration.ofSeconds(90)) < 0
                ? time.toSeconds() + " s"
                : (time.toSeconds() + 30) / 60 + " min";
    }
}
