package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import dev.onward.web.request.RequestCookie;
import java.util.Optional;
import java.util.Set;

/** Rejects writes from another site's page, with or without Onward's cookies (CSRF). */
public final class OriginCheck {
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");

    private OriginCheck() {}

    /** @throws ApiException if the request comes from another site's page that {@code cors} does not allow */
    public static void require(Request request, CorsPolicy cors) {
        boolean changes = !READS.contains(request.method());
        boolean foreign = foreignOrigin(request) || foreignPageWithCookie(request);
        boolean allowed = cors.allows(request) && (cors.credentials() || !hasCookie(request));
        if (changes && foreign && !allowed) {
            throw new ApiException(
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "The request comes from another site's page, which may not change anything here. Call from this"
                            + " server's own pages, from an origin in cors_origins, or from a program that sends no"
                            + " Origin. Cookies of other origins require cors_credentials.");
        }
    }

    private static boolean foreignOrigin(Request request) {
        String host = request.firstHeader("Host").orElse("");
        return request.firstHeader("Origin")
                .filter(origin -> !sameAuthority(origin, host))
                .isPresent();
    }

    /** Ignores the scheme, because a proxy that terminates TLS keeps the Host and changes the scheme. */
    private static boolean sameAuthority(String origin, String host) {
        return authority(origin)
                .filter(authority -> authority.equalsIgnoreCase(host)
                        || authority.equalsIgnoreCase(withoutDefaultPort(origin, host)))
                .isPresent();
    }

    private static Optional<String> authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? Optional.empty() : Optional.of(origin.substring(scheme + 3));
    }

    /** An Origin never names the default port of its scheme. */
    private static String withoutDefaultPort(String origin, String host) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private static boolean foreignPageWithCookie(Request request) {
        boolean elsewhere = request.firstHeader("Sec-Fetch-Site")
                .filter(ELSEWHERE::contains)
                .isPresent();
        return elsewhere && hasCookie(request);
    }

    private static boolean hasCookie(Request request) {
        return request.cookieNames().stream()
                .anyMatch(name -> RequestCookie.flowOf(name).isPresent());
    }
}
