package dev.onward.web.access;

import dev.onward.web.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The protocol between the client and the first proxy, from {@code Forwarded} (RFC 7239) or else from {@code
 * X-Forwarded-Proto}.
 */
public final class ForwardedProtocol {
    private static final String HTTPS = "https";
    private static final Pattern PROTO =
            Pattern.compile("(?:^|;)\\s*proto\\s*=\\s*\"?([A-Za-z]+)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);

    private ForwardedProtocol() {}

    public static boolean isHttps(Request request) {
        return first(request.header("Forwarded"))
                .map(PROTO::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .or(() -> first(request.header("X-Forwarded-Proto")))
                .filter(HTTPS::equalsIgnoreCase)
                .isPresent();
    }

    private static Optional<String> first(List<String> lines) {
        return lines.stream()
                .findFirst()
                .map(line -> line.replaceFirst(",.*", "").strip());
    }
}
