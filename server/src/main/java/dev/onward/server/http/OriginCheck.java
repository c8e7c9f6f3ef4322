package dev.onward.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;
import java.util.Set;

/** Lets no other site's page change anything here: neither in general, nor with a cookie of ours. */
final class OriginCheck implements Filter {
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean changes = !request.prologue().method().equals(Method.GET)
                && !request.prologue().method().equals(Method.HEAD);
        if (changes && (foreignOrigin(request) || foreignPageWithCookie(request))) {
            throw new ApiException(
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "The request comes from a page of another site, which is not allowed to make changes. Call from"
                            + " this"
                            + " server's own pages, or from a program that sends no Origin.");
        }
        chain.proceed();
    }

    private static boolean foreignOrigin(RoutingRequest request) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        return request.headers()
                .first(HeaderNames.ORIGIN)
                .filter(origin -> !sameAuthority(origin, host))
                .isPresent();
    }

    /** The scheme is left aside: whoever ends TLS before the server keeps the Host and changes the scheme. */
    private static boolean sameAuthority(String origin, String host) {
        return authority(origin)
                .filter(authority -> authority.equalsIgnoreCase(host) || authority.equalsIgnoreCase(bare(origin, host)))
                .isPresent();
    }

    private static Optional<String> authority(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? Optional.empty() : Optional.of(origin.substring(scheme + 3));
    }

    /** The Host without the port that its scheme has anyway, which an Origin never names. */
    private static String bare(String origin, String host) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private static boolean foreignPageWithCookie(RoutingRequest request) {
        boolean elsewhere =
                request.headers().first(FETCH_SITE).filter(ELSEWHERE::contains).isPresent();
        return elsewhere
                && request.headers().cookies().names().stream()
                        .anyMatch(name -> RequestCookie.flowOf(name).isPresent());
    }
}
