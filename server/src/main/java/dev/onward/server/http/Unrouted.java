package dev.onward.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers what never comes to a route, or ends while its body is read: too large, too long, not HTTP. */
final class Unrouted implements DirectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Unrouted.class);

    /** For every kind of such event. */
    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new Unrouted());
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        String known = MDC.get(AccessLog.REQUEST_ID);
        String id = known == null ? Exchange.newId() : known;
        if (known == null) {
            LOG.atInfo()
                    .addKeyValue("status", status.code())
                    .addKeyValue(AccessLog.REQUEST_ID, id)
                    .log("refused before any route");
        }
        Problem problem = Problems.ofStatus(status.code());
        SecurityHeaders.ALL.forEach(headers::set);
        problem.headers().forEach((name, value) -> headers.set(HeaderNames.create(name), value));
        headers.set(AccessLog.HEADER, id);
        headers.set(HeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(request.method().equals("HEAD") ? new byte[0] : problem.json(id))
                .build();
    }
}
