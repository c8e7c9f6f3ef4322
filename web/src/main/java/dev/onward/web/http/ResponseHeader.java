package dev.onward.web.http;

import java.util.regex.Pattern;

/** A header of a response. It cannot contain a line break, so that no value begins another header. */
public record ResponseHeader(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    /** @throws IllegalArgumentException if the name or the value contains anything but visible ASCII */
    public ResponseHeader {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a header: " + name);
        }
    }
}
