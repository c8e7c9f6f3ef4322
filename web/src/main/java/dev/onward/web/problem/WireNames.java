package dev.onward.web.problem;

import java.util.Locale;

/** Converts names of the Java API to those of the HTTP API. */
final class WireNames {
    private WireNames() {}

    /** In snake_case: {@code userId} is {@code user_id}. Names of headers and cookies stay the same. */
    static String of(String field) {
        String separated = field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
        return separated.equals(field) ? field : separated.toLowerCase(Locale.ROOT);
    }
}
