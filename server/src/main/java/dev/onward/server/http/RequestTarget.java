package dev.onward.server.http;

import java.net.URI;
import java.util.Optional;

/** The address in the first line of a request, not decoded. */
record RequestTarget(String path, String query) {
    private static final String NOT_IN_ADDRESSES = "\"<>\\^`{|}#";

    /** Empty if the text is not an address. */
    static Optional<RequestTarget> parse(String text) {
        if (!text.chars().allMatch(RequestTarget::allowed)) {
            return Optional.empty();
        }
        return text.startsWith("/") ? Optional.of(split(text)) : absolute(text);
    }

    private static boolean allowed(int character) {
        return character > ' ' && character < 0x7f && NOT_IN_ADDRESSES.indexOf(character) < 0;
    }

    private static RequestTarget split(String text) {
        int mark = text.indexOf('?');
        return mark < 0
                ? new RequestTarget(text, "")
                : new RequestTarget(text.substring(0, mark), text.substring(mark + 1));
    }

    /** A whole URL, as proxies may send it, or the {@code *} of OPTIONS. */
    private static Optional<RequestTarget> absolute(String text) {
        if (text.equals("*")) {
            return Optional.of(new RequestTarget(text, ""));
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            return Optional.empty();
        }
        try {
            URI url = URI.create(text);
            String path = url.getRawPath();
            return Optional.of(new RequestTarget(
                    path.isEmpty() ? "/" : path,
                    Optional.ofNullable(url.getRawQuery()).orElse("")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
