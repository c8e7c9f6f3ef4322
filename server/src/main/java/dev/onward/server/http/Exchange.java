package dev.onward.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** One request and its answer, as the log and the metrics know them. Used by the request's thread alone. */
final class Exchange {
    /** Where no route matched, or none was asked. */
    private static final String NO_ROUTE = "(none)";

    private final String id;
    private final long began = System.nanoTime();
    private String route = NO_ROUTE;

    private Exchange(String id) {
        this.id = id;
    }

    static Exchange begin(ServerRequest request) {
        Exchange exchange = new Exchange(newId());
        request.context().register(exchange);
        return exchange;
    }

    static Exchange of(ServerRequest request) {
        return request.context().get(Exchange.class).orElseGet(() -> begin(request));
    }

    /** Always made here: a client's would let it write into the log. */
    static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    String id() {
        return id;
    }

    /** The pattern of the route, never the path itself, which holds ids. */
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
