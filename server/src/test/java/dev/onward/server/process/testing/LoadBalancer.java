package dev.onward.server.process.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simple load balancer: it checks the readiness of each node every 0.2 s, and sends each request once, to a ready
 * node. It retries nothing.
 */
public final class LoadBalancer implements AutoCloseable {
    private static final long POLL_MS = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "transfer-encoding");

    private final List<URI> nodes;
    private final Map<URI, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor();
    private final HttpServer server;

    public LoadBalancer(URI... nodes) throws IOException {
        this.nodes = List.copyOf(Arrays.asList(nodes));
        this.nodes.forEach(this::ask);
        var _ = poll.scheduleAtFixedRate(() -> this.nodes.forEach(this::ask), POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public boolean sendsTo(URI node) {
        return ready.getOrDefault(node, false);
    }

    private void ask(URI node) {
        try {
            HttpRequest request = HttpRequest.newBuilder(node.resolve("/health/ready"))
                    .timeout(TIMEOUT)
                    .build();
            ready.put(node, client.send(request, BodyHandlers.discarding()).statusCode() == 200);
        } catch (IOException e) {
            ready.put(node, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next node that is ready. */
    private URI node() {
        List<URI> able = nodes.stream().filter(this::sendsTo).toList();
        return able.isEmpty() ? nodes.getFirst() : able.get(Math.floorMod(turn.getAndIncrement(), able.size()));
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange, send(exchange));
            } catch (IOException e) {
                byte[] cause = e.toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(502, cause.length);
                exchange.getResponseBody().write(cause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private HttpResponse<byte[]> send(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node().resolve(exchange.getRequestURI().toString()))
                .timeout(TIMEOUT)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        poll.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
