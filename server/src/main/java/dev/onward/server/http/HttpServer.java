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

/** The HTTP server, running from {@link #start} until {@link #close}. */
public final class HttpServer implements AutoCloseable {
    /** How long pending requests may take when the server is closed. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /**
     * The largest body that is read. A smaller body is read to its end even if it is rejected, because some clients
     * read the response only after they have written everything. A larger body is rejected before it is read, and its
     * connection is closed.
     */
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final Duration CLOSE_OVERDUE_EVERY = Duration.ofMillis(200);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

    private static final int MAX_PATH_BYTES = 4096;
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

    /** Loads the server's classes, so that it starts faster. Call it while the start waits for something else. */
    public static void preload() {
        builder(new BoundedConnections(
                        http1(), ConnectionLimits.of(1), UnroutedRequests::busyConnection, new SimpleMeterRegistry()))
                .build();
    }

    /**
     * Starts to listen, and answers requests with {@code web}. Adds a part to the readiness that checks this listener.
     *
     * @throws ListenException if the port is in use, or the address does not belong to this machine
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
                // At this limit Helidon stops accepting until a connection closes. It is a last resort, because clients
                // get no response.
                .maxTcpConnections(limits.connections() + BoundedConnections.MAX_REJECTING)
                .build()
                .start();
        // Helidon logs why it could not start, and returns.
        if (!server.isRunning()) {
            throw new ListenException(listener.bindError());
        }
        HttpServer started = new HttpServer(
                server,
                new ListenerProbe(listener, server.port()),
                Schedule.start("connection deadlines", connections::closeOverdue, CLOSE_OVERDUE_EVERY));
        readiness.add(started::readiness);
        return started;
    }

    /** Names Helidon's services instead of discovering them, which would read lists in all jars. */
    private static WebServerConfig.Builder builder(BoundedConnections connections) {
        return WebServer.builder()
                .serviceRegistry(SERVICES)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .maxPayloadSize(MAX_BODY_BYTES)
                .shutdownHook(false);
    }

    private static Http1Config http1() {
        return Http1Config.builder()
                .maxPrologueLength(MAX_PATH_BYTES)
                .maxHeadersSize(LARGEST_HEADERS)
                // Each response validates its own headers, and the others are constants.
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

    /** The port that the server listens on. */
    public int port() {
        return server.port();
    }

    private ReadinessPart readiness() {
        boolean accepts = probe.probe() == ListenerProbe.ProbeResult.ACCEPTED;
        return new ReadinessPart(
                "listener", accepts, accepts ? "accepts connections" : "accepts no connection within two seconds");
    }

    /**
     * Calls back when the listener has ended without being closed. Helidon ends it after any error while accepting.
     *
     * @param ended receives the reason, as a sentence; it may be called more than once
     * @return close it before this server
     */
    public AutoCloseable watch(Consumer<String> ended) {
        ListenerWatch watch = new ListenerWatch(probe, ended);
        Schedule schedule = Schedule.start("listener watch", watch::runOnce, WATCH_EVERY);
        return () -> {
            schedule.close();
            watch.close();
        };
    }

    /** Stops accepting requests, and waits up to ten seconds for pending ones. */
    @Override
    public void close() {
        server.stop();
        deadlines.close();
    }
}
