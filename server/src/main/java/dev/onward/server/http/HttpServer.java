package dev.onward.server.http;

import dev.onward.job.Schedule;
import dev.onward.server.http.connection.BoundedConnections;
import dev.onward.server.http.connection.ConnectionLimits;
import dev.onward.server.ops.Readiness;
import dev.onward.web.OnwardWeb;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;

/** The HTTP server, from {@link #start} until it is closed. */
public final class HttpServer implements AutoCloseable {
    /** How long requests that are under way may still take when the server is closed. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /**
     * How much of a body is read, be it only to be thrown away: a client that writes all before it reads comes to see
     * why its body was refused. A larger one is refused before it is read, and the connection ends.
     */
    private static final int MOST_READ = 1024 * 1024;

    private static final Duration CLOSE_OVERDUE_EVERY = Duration.ofMillis(200);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    private static final int LONGEST_ADDRESS = 4096;
    private static final int LARGEST_HEADERS = 16 * 1024;

    private static final ServiceRegistry SERVICES =
            GlobalServiceRegistry.registry(() -> ServiceRegistryManager.create(ServiceRegistryConfig.builder()
                            .discoverServices(false)
                            .discoverServicesFromServiceLoader(false)
                            .build())
                    .registry());

    private final WebServer server;
    private final ListenerProbe probe;
    private final Schedule deadlines;

    private HttpServer(WebServer server, ListenerProbe probe, Schedule deadlines) {
        this.server = server;
        this.probe = probe;
        this.deadlines = deadlines;
    }

    /** Loads what a server is made of, so that it stands sooner: to be called while something else is waited for. */
    public static void preload() {
        builder(new BoundedConnections(
                        http1(), ConnectionLimits.of(1), UnroutedRequests::busyConnection, new SimpleMeterRegistry()))
                .build();
    }

    /**
     * Listens and answers with what {@code web} answers. Readiness gets a part that checks this listener.
     *
     * @throws ListenException if the port is in use, or the address is not this machine's
     */
    public static HttpServer start(
            Listener listener, ConnectionLimits limits, OnwardWeb web, Readiness readiness, MeterRegistry metrics) {
        BoundedConnections connections =
                new BoundedConnections(http1(), limits, UnroutedRequests::busyConnection, metrics);
        WebServer server = builder(connections)
                .host(listener.host())
                .port(listener.port())
                .directHandlers(UnroutedRequests.handlers())
                .routing(routing(web, readiness, metrics))
                .shutdownGracePeriod(DRAIN)
                // Helidon stops accepting here until one closes: as a last resort, since nobody gets an answer then.
                .maxTcpConnections(limits.connections() + BoundedConnections.REFUSING)
                .build()
                .start();
        // Helidon writes down why it could not start, and returns.
        if (!server.isRunning()) {
            throw new ListenException(listener.apiException());
        }
        HttpServer started = new HttpServer(
                server,
                new ListenerProbe(listener, server.port()),
                Schedule.start("connection deadlines", connections::closeOverdue, CLOSE_OVERDUE_EVERY));
        readiness.add(started::readiness);
        return started;
    }

    /** Helidon's services are those that are named here: to look for more, it would read lists in all jars. */
    private static WebServerConfig.Builder builder(BoundedConnections connections) {
        return WebServer.builder()
                .serviceRegistry(SERVICES)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .maxPayloadSize(MOST_READ)
                .shutdownHook(false);
    }

    private static Http1Config http1() {
        return Http1Config.builder()
                .maxPrologueLength(LONGEST_ADDRESS)
                .maxHeadersSize(LARGEST_HEADERS)
                // An answer has seen to its own, and the others are constants.
                .validateResponseHeaders(false)
                .build();
    }

    private static HttpRouting.Builder routing(OnwardWeb web, Readiness readiness, MeterRegistry metrics) {
        Gauge.builder("onward.http.requests.active", web, OnwardWeb::activeRequests)
                .description("API requests that are being answered")
                .register(metrics);
        return HttpRouting.builder()
                .addFilter(new ConnectionCloseFilter(readiness::draining))
                .addFilter(new AccessLog(metrics))
                .any(new WebHandler(web));
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    private ReadinessPart readiness() {
        boolean accepts = probe.ask() == ListenerProbe.ProbeResult.ACCEPTED;
        return new ReadinessPart(
                "listener", accepts, accepts ? "accepts connections" : "accepts no connection within two seconds");
    }

    /**
     * Calls back when the listener has ended without being closed, which Helidon does at any error while it accepts.
     *
     * @param ended gets the reason, as a sentence; it may be called more than once
     * @return to be closed before this server is
     */
    public AutoCloseable watch(Consumer<String> ended) {
        ListenerWatch watch = new ListenerWatch(probe, ended);
        Schedule schedule = Schedule.start("listener watch", watch::runOnce, WATCH_EVERY);
        return () -> {
            schedule.close();
            watch.close();
        };
    }

    /** Takes no more requests, finishes those that are under way, for ten seconds at most. */
    @Override
    public void close() {
        server.stop();
        deadlines.close();
    }
}
