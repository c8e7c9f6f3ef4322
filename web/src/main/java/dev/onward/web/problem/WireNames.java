package dev.onward.web.problem;

import java.util.Locale;

/** The names of the core's fields on the wire. */
final class WireNames {
    private WireNames() {}

    /** In snake_case: {@code userId} is {@code user_id}. Names of headers and cookies stay as they are. */
    static String of(String field) {
        String parted = field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_");
        return parted.equals(field) ? field : parted.toLowerCase(Locale.ROOT);
    }
}
