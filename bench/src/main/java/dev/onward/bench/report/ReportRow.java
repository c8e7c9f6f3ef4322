package dev.onward.bench.report;

import java.util.List;

/** A row of the table, as text. */
public record ReportRow(String what, String onward, String yardstick, String ratio, String target, String targetMet) {
    private static final String NONE = "";

    /** A row with a target for the ratio of Onward to the yardstick, computed per round. */
    public static ReportRow ratio(String what, Unit unit, List<Double> onward, List<Double> yardstick, Target target) {
        Spread ratio = Spread.ofRatios(onward, yardstick);
        return new ReportRow(
                what,
                Spread.of(onward).text(unit),
                Spread.of(yardstick).text(unit),
                ratio.text(Unit.RATIO),
                target.text(),
                targetMet(target, ratio));
    }

    /** A row with a target for Onward's own figure. */
    public static ReportRow value(String what, List<Double> onward, Target target) {
        Spread spread = Spread.of(onward);
        return new ReportRow(what, spread.text(target.unit()), NONE, NONE, target.text(), targetMet(target, spread));
    }

    /** A row without a target, which explains another row. */
    public static ReportRow info(String what, Unit unit, List<Double> onward) {
        return new ReportRow(what, Spread.of(onward).text(unit), NONE, NONE, NONE, NONE);
    }

    /** A row of a ratio without a target. */
    public static ReportRow infoRatio(String what, Unit unit, List<Double> onward, List<Double> yardstick) {
        return new ReportRow(
                what,
                Spread.of(onward).text(unit),
                Spread.of(yardstick).text(unit),
                Spread.ofRatios(onward, yardstick).text(Unit.RATIO),
                NONE,
                NONE);
    }

    public static ReportRow notMeasured(String what, String why) {
        return new ReportRow(what, why, NONE, NONE, NONE, "not measured");
    }

    private static String targetMet(Target target, Spread spread) {
        return target.met(spread) ? "yes" : "**no**";
    }

    public List<String> cells() {
        return List.of(what, onward, yardstick, ratio, target, targetMet);
    }
}
