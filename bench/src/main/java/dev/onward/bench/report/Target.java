package dev.onward.bench.report;

/** The target for a figure's median. */
public record Target(Sense sense, double bound, Unit unit) {
    public enum Sense {
        AT_LEAST,
        AT_MOST
    }

    public static Target atLeast(double bound) {
        return new Target(Sense.AT_LEAST, bound, Unit.RATIO);
    }

    public static Target atMost(double bound) {
        return atMost(bound, Unit.RATIO);
    }

    public static Target atMost(double bound, Unit unit) {
        return new Target(Sense.AT_MOST, bound, unit);
    }

    public boolean met(Spread spread) {
        return switch (sense) {
            case AT_LEAST -> spread.median() >= bound;
            case AT_MOST -> spread.median() <= bound;
        };
    }

    public String text() {
        return switch (sense) {
                    case AT_LEAST -> "≥ ";
                    case AT_MOST -> "≤ ";
                }
                + unit.text(bound);
    }
}
