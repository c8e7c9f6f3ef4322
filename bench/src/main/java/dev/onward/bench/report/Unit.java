package dev.onward.bench.report;

import java.util.Locale;

/** The unit of a figure and its number format. */
public enum Unit {
    RATIO("%.2f", ""),
    PER_SECOND("%,.0f", "/s"),
    MICROSECONDS("%,.1f", " µs"),
    MILLISECONDS("%.2f", " ms"),
    SECONDS("%.2f", " s"),
    MEBIBYTES("%.0f", " MiB");

    private final String format;
    private final String sign;

    Unit(String format, String sign) {
        this.format = format;
        this.sign = sign;
    }

    public String number(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    public String text(double value) {
        return number(value) + sign;
    }
}
