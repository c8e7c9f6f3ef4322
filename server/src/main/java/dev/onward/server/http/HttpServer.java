package dev.onward.server.http;

import dev.onward.server.http.connection.ConnectionLimits;
import dev.onward.server.http.connection.HttpConnection;
import dev.onward.server.http.connection.HttpConnections;
import dev.onward.server.ops.Readiness;
import dev.onward.web.OnwardWeb;
import dev.onward.web.response.ReadinessResponse.ReadinessPart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The HTTP server, running from {@link #start} until {@link #close}. One event loop reads and writes for all connections;
 * each request is answered on a virtual thread.
 */
public final class HttpServer implements AutoCloseable {
    /** How long pending requests may take when the server is closed. */
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

    private static final Duration CLOSE_OVERDUE_EVERY = Duration.ofMillis(200);

    /** Connections that the operating system holds until they are accepted. */
    private static final int BACKLOG = 1024;

    private final EventLoopGroup loop;
    private final Channel listening;
    private final HttpConnections connections;
    private final ExecutorService threads;
    private final ListenerProbe probe;

    private HttpServer(
            EventLoopGroup loop,
            Channel listening,
            HttpConnections connections,
            ExecutorService threads,
            ListenerProbe probe) {
        this.loop = loop;
        this.listening = listening;
        this.connections = connections;
        this.threads = threads;
        this.probe = probe;
    }

    /** Loads the server's classes, so that it starts faster. Call it while the start waits for something else. */
    public static void preload() {
        Future<?> _ = loop().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        new NioServerSocketChannel().unsafe().closeForcibly();
        new RequestDecoder();
    }

    /**
     * Starts to listen, and answers requests with {@code web}. Adds a part to the readiness that checks this listener.
     *
     * @throws ListenException if the port is in use, or the address does not belong to this machine
     */
    public static HttpServer start(
            Listener listener, ConnectionLimits limits, OnwardWeb web, Readiness readiness, MeterRegistry metrics) {
        SocketAddress address = listener.address();
        Gauge.builder("onward.http.requests.active", web, OnwardWeb::activeRequests)
                .description("API requests that are being answered")
                .register(metrics);
        HttpConnections connections = new HttpConnections(limits, ResponseWriter::busyConnection, metrics);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServedRequests served = new ServedRequests(
                web, new AccessLog(metrics), threads, () -> readiness.draining() || connections.stopping());
        EventLoopGroup loop = loop();
        ChannelFuture bound = bootstrap(loop, connections, served).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Future<?> _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new ListenException(bound.cause());
        }
        long every = CLOSE_OVERDUE_EVERY.toMillis();
        Future<?> _ = loop.scheduleWithFixedDelay(connections::closeOverdue, every, every, TimeUnit.MILLISECONDS);
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        HttpServer started =
                new HttpServer(loop, bound.channel(), connections, threads, new ListenerProbe(listener, port));
        readiness.add(started::readiness);
        return started;
    }

    private static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("onward-http"), NioIoHandler.newFactory());
    }

    private static ServerBootstrap bootstrap(EventLoopGroup loop, HttpConnections connections, ServedRequests served) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(new AcceptFailures())
                .childOption(ChannelOption.TCP_NODELAY, true)
                // A client may close its side of the connection and still read the response.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        HttpConnection connection = new HttpConnection(connections, channel);
                        RequestDecoder decoder = new RequestDecoder();
                        channel.pipeline()
                                .addLast(
                                        connection,
                                        decoder,
                                        new HttpResponseEncoder(),
                                        new RequestHandler(served, connection, decoder, channel));
                    }
                });
    }

    /** The port that the server listens on. */
    public int port() {
        return probe.port();
    }

    private ReadinessPart readiness() {
        boolean accepts = probe.accepts();
        return new ReadinessPart(
                "listener", accepts, accepts ? "accepts connections" : "accepts no connection within two seconds");
    }

    /**
     * Calls back when the listener has ended without being closed.
     *
     * @param ended receives the reason, as a sentence
     */
    public void onUnexpectedEnd(Consumer<String> ended) {
        ChannelFuture _ = listening.closeFuture().addListener(_ -> {
            if (!connections.stopping()) {
                ended.accept("The listener has stopped, and no client can connect."
                        + " The server exits, so that its supervisor can restart it.");
            }
        });
    }

    /** Stops accepting requests, and waits up to ten seconds for pending ones. */
    @Override
    public void close() {
        long end = System.nanoTime() + DEFAULT_DRAIN.toNanos();
        connections.stop();
        listening.close().awaitUninterruptibly();
        loop.submit(connections::closeIdle).awaitUninterruptibly();
        connections.awaitEnd(DEFAULT_DRAIN);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
