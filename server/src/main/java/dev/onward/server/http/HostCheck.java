package dev.onward.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.regex.Pattern;

/**
 * Answers only to loopback names. Without it, another site's page could reach a server that trusts whoever reaches it,
 * by a name that leads to this machine (DNS rebinding).
 */
final class HostCheck implements Filter {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (!LOOPBACK.matcher(host).matches()) {
            throw new ApiException(
                    ProblemCode.HOST_NOT_ALLOWED,
                    "In local mode this server only accepts the hosts localhost, 127.0.0.1 and [::1]. Use one of"
                            + " them, or start it"
                            + " with --mode public.");
        }
        chain.proceed();
    }
}
