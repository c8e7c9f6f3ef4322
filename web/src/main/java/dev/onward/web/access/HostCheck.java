package dev.onward.web.access;

import dev.onward.web.http.Request;
import dev.onward.web.problem.ApiException;
import dev.onward.web.problem.ProblemCode;
import java.util.regex.Pattern;

/**
 * Accepts loopback names only. Without this check, another site's page could reach a server that trusts every caller,
 * through a name that resolves to this machine (DNS rebinding).
 */
public final class HostCheck {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private HostCheck() {}

    /** @throws ApiException if the request names another host */
    public static void require(Request request) {
        String host = request.firstHeader("Host").orElse("");
        if (!LOOPBACK.matcher(host).matches()) {
            throw new ApiException(
                    ProblemCode.HOST_NOT_ALLOWED,
                    "This server answers to the names localhost, 127.0.0.1 and [::1] only. Use one of them, or start it"
                            + " with --mode public.");
        }
    }
}
