package dev.onward.bench;

import java.util.List;

/** A line of the table, as it is written. */
record ReportRow(String what, String ours, String yardstick, String ratio, String target, String met) {
    private static final String NONE = "";

    /** Judged by what ours is in units of the yardstick, round by round. */
    static ReportRow ratio(String what, Unit unit, List<Double> ours, List<Double> yardstick, Target target) {
        Spread ratio = Spread.ofRatios(ours, yardstick);
        return new ReportRow(
                what,
                Spread.of(ours).text(unit),
                Spread.of(yardstick).text(unit),
                ratio.text(Unit.RATIO),
                target.text(),
                met(target, ratio));
    }

    /** Judged by itself. */
    static ReportRow value(String what, List<Double> ours, Target target) {
        Spread spread = Spread.of(ours);
        return new ReportRow(what, spread.text(target.unit()), NONE, NONE, target.text(), met(target, spread));
    }

    /** Not judged: it explains another line. */
    static ReportRow told(String what, Unit unit, List<Double> ours) {
        return new ReportRow(what, Spread.of(ours).text(unit), NONE, NONE, NONE, NONE);
    }

    /** Not judged either. */
    static ReportRow toldRatio(String what, Unit unit, List<Double> ours, List<Double> yardstick) {
        return new ReportRow(
                what,
                Spread.of(ours).text(unit),
                Spread.of(yardstick).text(unit),
                Spread.ofRatios(ours, yardstick).text(Unit.RATIO),
                NONE,
                NONE);
    }

    static ReportRow leftOut(String what, String why) {
        return new ReportRow(what, why, NONE, NONE, NONE, "not measured");
    }

    private static String met(Target target, Spread spread) {
        return target.met(spread) ? "yes" : "**no**";
    }

    List<String> cells() {
        return List.of(what, ours, yardstick, ratio, target, met);
    }
}
