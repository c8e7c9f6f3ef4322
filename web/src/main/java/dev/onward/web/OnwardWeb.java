package dev.onward.web;

import dev.onward.web.access.AccessPolicy;
import dev.onward.web.access.Authorizer;
import dev.onward.web.access.HostCheck;
import dev.onward.web.access.Mode;
import dev.onward.web.access.OriginCheck;
import dev.onward.web.http.Request;
import dev.onward.web.http.RequestAbortedException;
import dev.onward.web.http.Response;
import dev.onward.web.http.SecurityHeaders;
import dev.onward.web.problem.ExceptionHandler;
import dev.onward.web.problem.StatusProblems;
import dev.onward.web.route.ConcurrencyLimit;
import dev.onward.web.route.Router;
import java.util.Optional;

/**
 * The HTTP API and the pages. An adapter to an HTTP library passes each request to {@link #answer} and sends the
 * response. Thread-safe.
 */
public final class OnwardWeb {
    /** The maximum number of API requests that are handled at the same time. */
    public static final int MAX_ACTIVE_REQUESTS = 512;

    private final Router router;
    private final ConcurrencyLimit limit;
    private final ExceptionHandler exceptions;
    private final AccessPolicy access;
    private final boolean localOnly;

    /**
     * @param services what the API uses; the caller closes them
     * @param loopback whether only this machine can connect
     */
    public OnwardWeb(WebServices services, AccessPolicy access, boolean loopback) {
        this.access = access;
        this.localOnly = loopback && access.mode() == Mode.LOCAL;
        this.limit = new ConcurrencyLimit(MAX_ACTIVE_REQUESTS);
        this.exceptions = new ExceptionHandler(services.outage());
        this.router = new Router(
                Routes.of(services, access),
                new Authorizer(access, localOnly),
                limit,
                Routes.cookies(services, access),
                exceptions);
    }

    /**
     * Handles a request; blocks until it is done. Exceptions become problem documents.
     *
     * @throws RequestAbortedException if the connection ended while the body was read, so that no response can be sent
     */
    public Response answer(Request request) {
        Response response = exceptions.answer(request, () -> {
            if (localOnly) {
                HostCheck.require(request);
            }
            Optional<Response> preflight = access.cors().preflight(request);
            if (preflight.isPresent()) {
                return preflight.get();
            }
            OriginCheck.require(request, access.cors());
            return router.answer(request);
        });
        return SecurityHeaders.addTo(access.cors().readable(request, response));
    }

    /**
     * The problem document for a request that the HTTP library itself rejects, such as one with too long a head.
     *
     * @param status the status that the library chose
     * @param requestId the id of the request in the log
     */
    public static Response rejection(int status, String requestId) {
        return SecurityHeaders.addTo(StatusProblems.of(status).response(requestId));
    }

    /** The number of API requests that are being handled now. */
    public int activeRequests() {
        return limit.active();
    }
}
