package dev.onward.web.request;

import dev.onward.web.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cookie that a call brings: a session's id, and behind a colon the secret of whoever claimed it.
 *
 * @param id as it came, which may be none that a session has
 */
public record RequestCookie(String id, Optional<String> secret) {
    private static final String PREFIX = "onward_";
    private static final String HOST_PREFIX = "__Host-" + PREFIX;
    private static final Pattern WITH_SECRET = Pattern.compile("([^:]+):([A-Za-z0-9_-]{43})");

    /** The name over plain HTTP. */
    public static String plainName(String flow) {
        return PREFIX + flow;
    }

    /** The name over HTTPS: browsers take it from this host alone, and over HTTPS alone. */
    public static String hostName(String flow) {
        return HOST_PREFIX + flow;
    }

    /** The flow whose session a cookie of this name keeps; empty where it is another cookie. */
    public static Optional<String> flowOf(String name) {
        return name.startsWith(PREFIX)
                ? Optional.of(name.substring(PREFIX.length()))
                : name.startsWith(HOST_PREFIX) ? Optional.of(name.substring(HOST_PREFIX.length())) : Optional.empty();
    }

    /** The name of the cookie that counts: a plain one does not where there is one that nobody could plant. */
    public static String nameIn(Request request, String flow) {
        return request.cookie(hostName(flow)).isEmpty() ? plainName(flow) : hostName(flow);
    }

    /** The cookies that a call brings for a flow. */
    public static List<RequestCookie> in(Request request, String flow) {
        return request.cookie(nameIn(request, flow)).stream()
                .map(RequestCookie::of)
                .toList();
    }

    private static RequestCookie of(String value) {
        Matcher parts = WITH_SECRET.matcher(value);
        return parts.matches()
                ? new RequestCookie(parts.group(1), Optional.of(parts.group(2)))
                : new RequestCookie(value, Optional.empty());
    }

    public static String value(String id, Optional<String> secret) {
        return secret.map(text -> id + ":" + text).orElse(id);
    }
}
