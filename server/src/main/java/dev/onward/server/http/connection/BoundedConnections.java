package dev.onward.server.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 connections within {@link ConnectionLimits}. A connection above the limit gets 503 and is closed. {@link
 * #closeOverdue} closes connections that exceed a deadline; call it several times a second. Thread-safe.
 */
public final class BoundedConnections implements ServerConnectionSelector {
    /** How many connections above the limit may be open at the same time, to be rejected with a response. */
    public static final int MAX_REJECTING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(BoundedConnections.class);

    private final Http1ConnectionSelector http1;
    private final ConnectionLimits limits;
    private final Supplier<byte[]> busyResponse;
    private final BodyBudget budget;
    private final Set<Transfer> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Counter rejected;
    private final Map<ConnectionPhase, Counter> overdue = new EnumMap<>(ConnectionPhase.class);

    /** @param busyResponse creates the complete response to a connection above the limit */
    public BoundedConnections(
            Http1Config http, ConnectionLimits limits, Supplier<byte[]> busyResponse, MeterRegistry metrics) {
        this.http1 = Http1ConnectionSelector.builder().config(http).build();
        this.limits = limits;
        this.busyResponse = busyResponse;
        this.budget = new BodyBudget(limits.bodyBytes());
        Gauge.builder("onward.http.connections", count, AtomicInteger::get)
                .description("Open connections")
                .register(metrics);
        this.rejected = Counter.builder("onward.http.connections.refused")
                .description("Connections rejected because max_connections were open")
                .register(metrics);
        for (ConnectionPhase stage : ConnectionPhase.values()) {
            overdue.put(stage, counter(stage, metrics));
        }
    }

    private static Counter counter(ConnectionPhase stage, MeterRegistry metrics) {
        return Counter.builder("onward.http.connections.overdue")
                .description("Connections closed at a deadline: idle, or waiting for a head, a body or a write")
                .tag("stage", stage.label())
                .register(metrics);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Transfer transfer = new Transfer(context.serverSocket(), context.dataWriter(), limits, budget);
        return new BoundedConnection(this, transfer, http1.connection(new BoundedContext(context, transfer)));
    }

    /** Closes each connection that is blocked beyond its deadline. */
    public void closeOverdue() {
        long now = System.nanoTime();
        for (Transfer transfer : open) {
            if (transfer.overdue(now)) {
                ConnectionPhase stage = transfer.stage();
                counterOf(stage).increment();
                LOG.debug("Closed a connection at its deadline: {}", stage.label());
                transfer.end();
            }
        }
    }

    private Counter counterOf(ConnectionPhase stage) {
        Counter counter = overdue.get(stage);
        if (counter == null) {
            throw new IllegalStateException(stage.label());
        }
        return counter;
    }

    /** Whether the connection is within the limit. If it is, call {@link #ended} at its end. */
    boolean admit(Transfer transfer) {
        if (count.incrementAndGet() > limits.connections()) {
            count.decrementAndGet();
            rejected.increment();
            return false;
        }
        open.add(transfer);
        return true;
    }

    void ended(Transfer transfer) {
        open.remove(transfer);
        count.decrementAndGet();
    }

    byte[] busyResponse() {
        return busyResponse.get();
    }
}
