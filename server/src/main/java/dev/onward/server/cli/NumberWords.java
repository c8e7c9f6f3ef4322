package dev.onward.server.cli;

import java.util.Locale;

/** Numbers as people say them. */
final class NumberWords {
    private NumberWords() {}

    static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
