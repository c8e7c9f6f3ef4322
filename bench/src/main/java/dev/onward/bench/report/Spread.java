package dev.onward.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** The median, lowest and highest value of a measurement's rounds. */
public record Spread(double median, double min, double max) {

    /** @throws IllegalArgumentException if there are no values */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /** The spread of the quotients of each round, not the quotient of the medians. */
    public static Spread ofRatios(List<Double> dividends, List<Double> divisors) {
        if (dividends.size() != divisors.size()) {
            throw new IllegalArgumentException("different numbers of rounds");
        }
        return of(IntStream.range(0, dividends.size())
                .mapToObj(round -> dividends.get(round) / divisors.get(round))
                .toList());
    }

    public String text(Unit unit) {
        return min == max
                ? unit.text(median)
                : unit.text(median) + " (" + unit.number(min) + "–" + unit.number(max) + ")";
    }
}
