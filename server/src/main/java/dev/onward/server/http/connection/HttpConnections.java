package dev.onward.server.http.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of a server, within {@link ConnectionLimits}. */
public final class HttpConnections {
    /** The maximum number of connections above the limit that are open while they are rejected. */
    public static final int MAX_REJECTING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);

    private final ConnectionLimits limits;
    private final Supplier<Object> rejectionMessage;
    private final BodyBudget budget;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Counter rejections;
    private final Map<ConnectionPhase, Counter> overdue;
    private volatile boolean stopping;

    /** @param rejectionMessage creates the response to a connection above the limit */
    public HttpConnections(ConnectionLimits limits, Supplier<Object> rejectionMessage, MeterRegistry metrics) {
        this.limits = limits;
        this.rejectionMessage = rejectionMessage;
        this.budget = new BodyBudget(limits.bodyBytes());
        Gauge.builder("onward.http.connections", open, Set::size)
                .description("Open connections")
                .register(metrics);
        this.rejections = Counter.builder("onward.http.connections.refused")
                .description("Connections rejected because max_connections were open")
                .register(metrics);
        this.overdue = Stream.of(ConnectionPhase.values())
                .filter(phase -> phase.deadline(limits).isPresent())
                .collect(Collectors.toUnmodifiableMap(phase -> phase, phase -> counter(phase, metrics)));
    }

    private static Counter counter(ConnectionPhase phase, MeterRegistry metrics) {
        return Counter.builder("onward.http.connections.overdue")
                .description("Connections closed at a deadline: idle, or waiting for a head, a body or a write")
                .tag("stage", phase.label())
                .register(metrics);
    }

    BodyBudget budget() {
        return budget;
    }

    /** Whether the connection is served. */
    boolean admit(HttpConnection connection) {
        return open.size() < limits.connections() && open.add(connection);
    }

    void reject(Channel channel) {
        rejections.increment();
        ChannelFuture _ = channel.writeAndFlush(rejectionMessage.get()).addListener(ChannelFutureListener.CLOSE);
    }

    void remove(HttpConnection connection) {
        open.remove(connection);
    }

    void requestEnded(HttpConnection connection) {
        if (stopping) {
            connection.close();
        }
    }

    /** Closes each connection that exceeds a deadline. To be called several times a second, on the event loop. */
    public void closeOverdue() {
        long now = System.nanoTime();
        for (HttpConnection connection : open) {
            if (connection.overdue(limits, now)) {
                ConnectionPhase phase = connection.phase();
                Optional.ofNullable(overdue.get(phase)).ifPresent(Counter::increment);
                LOG.debug("Closed a connection at its deadline: {}", phase.label());
                connection.close();
            }
        }
    }

    /** Whether the server stops: connections end with the response to their current request. */
    public boolean stopping() {
        return stopping;
    }

    /** From now on each connection ends with its current request. */
    public void stop() {
        stopping = true;
    }

    /** Ends the connections without a request. To be called on the event loop. */
    public void closeIdle() {
        open.stream().filter(HttpConnection::idle).forEach(HttpConnection::close);
    }

    /** Waits until all connections have ended, but no longer than the given time. Then ends those that are left. */
    public void awaitEnd(Duration timeout) {
        ChannelGroup left = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        open.forEach(connection -> left.add(connection.channel()));
        left.newCloseFuture().awaitUninterruptibly(timeout.toMillis(), TimeUnit.MILLISECONDS);
        left.close().awaitUninterruptibly();
    }
}
