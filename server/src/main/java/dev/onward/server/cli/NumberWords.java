package dev.onward.server.cli;

import java.util.Locale;

/** Numbers with their unit, in the singular or plural. */
public final class NumberWords {
    private NumberWords() {}

    public static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
