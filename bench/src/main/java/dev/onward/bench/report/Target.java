package dev.onward.bench.report;

/** The target for a figure's median. */
public record Target(Direction direction, double bound, Unit unit) {
    public enum Direction {
        AT_LEAST,
        AT_MOST
    }

    public static Target atLeast(double bound) {
        return atLeast(bound, Unit.RATIO);
    }

    public static Target atLeast(double bound, Unit unit) {
        return new Target(Direction.AT_LEAST, bound, unit);
    }

    public static Target atMost(double bound) {
        return atMost(bound, Unit.RATIO);
    }

    public static Target atMost(double bound, Unit unit) {
        return new Target(Direction.AT_MOST, bound, unit);
    }

    public boolean met(Spread spread) {
        return switch (direction) {
            case AT_LEAST -> spread.median() >= bound;
            case AT_MOST -> spread.median() <= bound;
        };
    }

    public String text() {
        return switch (direction) {
                    case AT_LEAST -> "≥ ";
                    case AT_MOST -> "≤ ";
                }
                + unit.text(bound);
    }
}
