package dev.onward.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Records each response: one log line and one sample of a timer. Thread-safe. */
public final class AccessLog {
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

    /**
     * @param sentMethod as the client sent it
     * @param route the pattern of the route, never the path itself, which contains ids
     */
    void answered(RequestId id, String sentMethod, String route, int status, Duration time) {
        String method = known(sentMethod);
        LOG.atLevel(level(route))
                .addKeyValue("method", method)
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("ms", time.toMillis())
                .addKeyValue(RequestId.LOG_KEY, id.text())
                .log("answered");
        timers.computeIfAbsent(new RequestKind(method, route, status), this::timer)
                .record(time);
    }

    /** For a request that reaches no route. */
    void rejected(RequestId id, int status) {
        LOG.atInfo()
                .addKeyValue("status", status)
                .addKeyValue(RequestId.LOG_KEY, id.text())
                .log("Rejected before routing");
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
    private static String known(String method) {
        return METHODS.contains(method) ? method : "OTHER";
    }
}
