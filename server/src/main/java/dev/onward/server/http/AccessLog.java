package dev.onward.server.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request its id, and writes it down when it is answered: one line of the log, one sample of a timer. Answers
 * what the filters behind it refuse.
 */
final class AccessLog implements Filter {
    static final String REQUEST_ID = "request_id";

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final MeterRegistry metrics;

    AccessLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Exchange exchange = Exchange.begin(request);
        String method = name(request.prologue().method());
        response.header("X-Request-Id", exchange.id());
        response.whenSent(() -> record(method, exchange, response.status().code()));
        MDC.put(REQUEST_ID, exchange.id());
        try {
            chain.proceed();
        } catch (Refusal refusal) {
            Problems.answer(request, response, refusal);
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private void record(String method, Exchange exchange, int status) {
        long nanos = exchange.nanos();
        LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", exchange.route())
                .addKeyValue("status", status)
                .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .addKeyValue(REQUEST_ID, exchange.id())
                .log("answered");
        metrics.timer(
                        "onward.http.requests",
                        "method",
                        method,
                        "route",
                        exchange.route(),
                        "status",
                        Integer.toString(status))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Clients may invent methods; the log and the metrics know those that exist. */
    private static String name(Method method) {
        return METHODS.contains(method.text()) ? method.text() : "OTHER";
    }
}
