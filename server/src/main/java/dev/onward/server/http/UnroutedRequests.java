package dev.onward.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers what never comes to a route, or ends while its body is read: too large, too long, not HTTP. */
final class UnroutedRequests implements DirectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnroutedRequests.class);

    /** For every kind of such event. */
    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new UnroutedRequests());
        }
        return handlers.build();
    }

    /** The whole answer to a connection that is closed before anything is read, because too many are open. */
    static byte[] busyConnection() {
        String id = Exchange.newId();
        Problem problem = Problems.ofStatus(503);
        byte[] body = problem.json(id);
        StringBuilder head = new StringBuilder("HTTP/1.1 503 Service Unavailable\r\n");
        SecurityHeaders.ALL.forEach(header -> line(head, header.name(), header.get()));
        problem.headers().forEach((name, value) -> line(head, name, value));
        line(head, AccessLog.HEADER.defaultCase(), id);
        line(head, "Content-Type", Problem.CONTENT_TYPE);
        line(head, "Content-Length", Integer.toString(body.length));
        line(head, "Connection", "close");
        head.append("\r\n");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
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
                    .log("Rejected before routing");
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
