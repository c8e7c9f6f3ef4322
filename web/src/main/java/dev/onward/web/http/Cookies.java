package dev.onward.web.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code Cookie} headers (RFC 6265). */
final class Cookies {
    static final String HEADER = "Cookie";

    /** A pair of name and value; the value without its quotes. */
    record Cookie(String name, String value) {}

    private Cookies() {}

    static List<String> values(List<String> headers, String name) {
        return in(headers)
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .toList();
    }

    /** All cookies, in the order in which they were sent. A part that is not a pair is skipped. */
    static Stream<Cookie> in(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Cookie(pair[0].strip(), unquoted(pair[1].strip())));
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
