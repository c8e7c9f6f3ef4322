package dev.onward.web.request;

import dev.onward.web.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session cookie of a request: the session's id, and after a colon the secret of the claim.
 *
 * @param id the id as sent, which may not exist
 */
public record RequestCookie(String id, Optional<String> secret) {
    private static final String PREFIX = "onward_";
    private static final String HOST_PREFIX = "__Host-" + PREFIX;
    private static final Pattern WITH_SECRET = Pattern.compile("([^:]+):([A-Za-z0-9_-]{43})");

    /** The name over plain HTTP. */
    public static String plainName(String flow) {
        return PREFIX + flow;
    }

    /** The name over HTTPS. Browsers accept it only over HTTPS and only from this host. */
    public static String hostName(String flow) {
        return HOST_PREFIX + flow;
    }

    /** The flow of a session cookie; empty for any other cookie. */
    public static Optional<String> flowOf(String name) {
        return name.startsWith(PREFIX)
                ? Optional.of(name.substring(PREFIX.length()))
                : name.startsWith(HOST_PREFIX) ? Optional.of(name.substring(HOST_PREFIX.length())) : Optional.empty();
    }

    /**
     * The name of the cookie that counts. The plain one is ignored if there is one with the {@code __Host-} prefix,
     * which other hosts cannot set.
     */
    public static String nameIn(Request request, String flow) {
        return request.cookie(hostName(flow)).isEmpty() ? plainName(flow) : hostName(flow);
    }

    /** The session cookies of a flow. */
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
