package dev.onward.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The result of one run of wrk. Latencies are in microseconds. */
public record LoadResult(long requests, Duration time, long p50, long p99, long max, long errors) {
    private static final Pattern SUMMARY = Pattern.compile("(?m)^onward-bench (.*)$");
    private static final Pattern FIGURE = Pattern.compile("([a-z0-9]+)=([0-9]+)");

    /** Reads the line that {@code wrk-summary.lua} prints; empty if there is none. */
    public static Optional<LoadResult> read(String printed) {
        Matcher line = SUMMARY.matcher(printed);
        if (!line.find()) {
            return Optional.empty();
        }
        Map<String, Long> figures = FIGURE.matcher(line.group(1))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.valueOf(found.group(2))));
        return Optional.of(new LoadResult(
                figure(figures, "requests"),
                Duration.ofNanos(figure(figures, "duration") * 1000),
                figure(figures, "p50"),
                figure(figures, "p99"),
                figure(figures, "max"),
                figure(figures, "connect")
                        + figure(figures, "read")
                        + figure(figures, "write")
                        + figure(figures, "status")
                        + figure(figures, "timeout")));
    }

    private static long figure(Map<String, Long> figures, String name) {
        Long value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in the output of wrk-summary.lua");
        }
        return value;
    }

    public double perSecond() {
        return requests * 1e9 / time.toNanos();
    }
}
