package dev.onward.bench;

/** What a figure shall come to; its median is what counts. */
record Target(Sense sense, double bound, Unit unit) {
    enum Sense {
        AT_LEAST,
        AT_MOST
    }

    static Target atLeast(double bound) {
        return new Target(Sense.AT_LEAST, bound, Unit.RATIO);
    }

    static Target atMost(double bound) {
        return atMost(bound, Unit.RATIO);
    }

    static Target atMost(double bound, Unit unit) {
        return new Target(Sense.AT_MOST, bound, unit);
    }

    boolean met(Spread spread) {
        return switch (sense) {
            case AT_LEAST -> spread.median() >= bound;
            case AT_MOST -> spread.median() <= bound;
        };
    }

    String text() {
        return switch (sense) {
                    case AT_LEAST -> "≥ ";
                    case AT_MOST -> "≤ ";
                }
                + unit.text(bound);
    }
}
