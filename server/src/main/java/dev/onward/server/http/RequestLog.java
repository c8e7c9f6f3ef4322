package dev.onward.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The data about one request for the log and the metrics. Used by the request's thread only. */
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

    /** @throws IllegalStateException if there is none */
    static RequestLog of(ServerRequest request) {
        return request.context().get(RequestLog.class).orElseThrow(IllegalStateException::new);
    }

    /** Generates the id here, because a client's id could inject text into the log. */
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
