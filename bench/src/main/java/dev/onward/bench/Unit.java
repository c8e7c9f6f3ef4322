package dev.onward.bench;

import java.util.Locale;

/** How a figure is written. */
enum Unit {
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

    String number(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String text(double value) {
        return number(value) + sign;
    }
}
