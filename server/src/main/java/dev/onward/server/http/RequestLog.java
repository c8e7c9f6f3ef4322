package dev.onward.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What the log and the metrics record about one request. Used by the request's thread only. */
final class RequestLog {
    private final String id = newId();
    private final long began = System.nanoTime();
    private String route;

    private RequestLog(String route) {
        this.route = route;
    }

    /** @param route the route to record until the request has {@link #matched} another */
    static RequestLog begin(ServerRequest request, String route) {
        RequestLog log = new RequestLog(route);
        request.context().register(log);
        return log;
    }

    /** @throws IllegalStateException if none was begun */
    static RequestLog of(ServerRequest request) {
        return request.context().get(RequestLog.class).orElseThrow(IllegalStateException::new);
    }

    /** Always made here: a client's own id could write into the log. */
    static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    String id() {
        return id;
    }

    /** The pattern of the route, never the path itself, which contains ids. */
    String route() {
        return route;
    }

    void matched(String pattern) {
        route = pattern;
    }

    long nanos() {
        return System.nanoTime() - began;
    }
}
