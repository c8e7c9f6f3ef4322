package dev.onward.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a run of wrk came to. Latencies are in microseconds. */
record Load(long requests, Duration time, long p50, long p99, long max, long errors) {
    private static final Pattern SUMMARY = Pattern.compile("(?m)^onward-bench (.*)$");
    private static final Pattern FIGURE = Pattern.compile("([a-z0-9]+)=([0-9]+)");

    /** Reads the line that {@code wrk-summary.lua} prints. */
    static Optional<Load> read(String printed) {
        Matcher line = SUMMARY.matcher(printed);
        if (!line.find()) {
            return Optional.empty();
        }
        Map<String, Long> figures = FIGURE.matcher(line.group(1))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Long.valueOf(found.group(2))));
        return Optional.of(new Load(
                figures.get("requests"),
                Duration.ofNanos(figures.get("duration") * 1000),
                figures.get("p50"),
                figures.get("p99"),
                figures.get("max"),
                figures.get("connect")
                        + figures.get("read")
                        + figures.get("write")
                        + figures.get("status")
                        + figures.get("timeout")));
    }

    double perSecond() {
        return requests * 1e9 / time.toNanos();
    }
}
