package dev.onward.server.http;

import dev.onward.web.http.Response;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Assigns each request its id, and records its response: one log line and one sample of a timer. */
public final class AccessLog implements Filter {
    static final String REQUEST_ID = "request_id";
    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final String PROBES = "/health/";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final MeterRegistry metrics;
    private final Map<RequestKind, Timer> timers = new ConcurrentHashMap<>();

    private record RequestKind(String method, String route, int status) {}

    AccessLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        RequestLog log = RequestLog.begin(request, Response.NO_ROUTE);
        String method = name(request.prologue().method());
        response.header(HEADER, log.id());
        response.whenSent(() -> record(method, log, response.status().code()));
        MDC.put(REQUEST_ID, log.id());
        try {
            chain.proceed();
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private void record(String method, RequestLog log, int status) {
        long nanos = log.nanos();
        LOG.atLevel(level(log.route()))
                .addKeyValue("method", method)
                .addKeyValue("route", log.route())
                .addKeyValue("status", status)
                .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .addKeyValue(REQUEST_ID, log.id())
                .log("answered");
        timers.computeIfAbsent(new RequestKind(method, log.route(), status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Probes are logged at a lower level, because they arrive every few seconds. */
    private static Level level(String route) {
        return route.startsWith(PROBES) ? Level.DEBUG : Level.INFO;
    }

    private Timer timer(RequestKind kind) {
        return metrics.timer(
                "onward.http.requests",
                "method",
                kind.method(),
                "route",
                kind.route(),
                "status",
                Integer.toString(kind.status()));
    }

    /** Clients may invent methods; the log and the metrics contain known ones only. */
    private static String name(Method method) {
        return METHODS.contains(method.text()) ? method.text() : "OTHER";
    }
}
