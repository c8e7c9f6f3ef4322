package dev.onward.server.http;

import dev.onward.web.OnwardWeb;
import dev.onward.web.http.Response;
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

/** Responds to requests that Helidon rejects before routing: too large, too long, or not HTTP. */
final class UnroutedRequests implements DirectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnroutedRequests.class);

    /** Handlers for each kind of these errors. */
    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new UnroutedRequests());
        }
        return handlers.build();
    }

    /** The complete response to a connection above the limit, which is closed before anything is read. */
    static byte[] busyConnection() {
        String id = RequestLog.newId();
        Response rejection = OnwardWeb.rejection(503, id);
        byte[] body = rejection.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 503 Service Unavailable\r\n");
        rejection.headers().forEach(header -> line(head, header.name(), header.value()));
        line(head, AccessLog.HEADER.defaultCase(), id);
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
        String id = known == null ? RequestLog.newId() : known;
        if (known == null) {
            LOG.atInfo()
                    .addKeyValue("status", status.code())
                    .addKeyValue(AccessLog.REQUEST_ID, id)
                    .log("Rejected before routing");
        }
        Response rejection = OnwardWeb.rejection(status.code(), id);
        rejection.headers().forEach(header -> headers.set(HeaderNames.create(header.name()), header.value()));
        headers.set(AccessLog.HEADER, id);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(type.keepAlive())
                .entity(request.method().equals("HEAD") ? new byte[0] : rejection.body())
                .build();
    }
}
